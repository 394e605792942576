"""A StreamField whose migrations record the shape of the stored data, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string
from wagtail import blocks
from wagtail.blocks.definition_lookup import BlockDefinitionLookupBuilder
from wagtail.fields import StreamField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Options of a block that shape the editing form, the preview or the search index, never the stored JSON. A callable
# among them would also put one of our module paths into a migration, which must survive a move into the wheel.
EDITOR_ONLY = frozenset(
    {
        "classname", "collapsed", "description", "editor", "features", "form_attrs", "form_classname", "form_layout",
        "form_template", "group", "help_text", "icon", "label", "label_format", "preview_template", "preview_value",
        "required_on_save", "rows", "search_index", "template", "validators",
    }
)  # fmt: skip

# Blocks that Wagtail writes as a plain list of children. Their order is presentation, so it is sorted away.
CONTAINERS = frozenset({"wagtail.blocks.StructBlock", "wagtail.blocks.StreamBlock"})


class LeanStreamField(StreamField):
    """A StreamField that a changed label, help text, icon, choice label or order of blocks does not migrate.

    `deconstruct` names each block by its nearest Wagtail base class and keeps only the options that decide what is
    stored. Migrations therefore hold no path of ours, yet they hold the whole block tree: a historical model reads and
    saves every value unchanged. Renaming, adding or removing a block, or changing its kind, does make a migration.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return what a migration needs to rebuild the field as a plain Wagtail StreamField."""
        name, _path, _args, kwargs = super().deconstruct()
        lookup = _LeanLookupBuilder()
        children = sorted(self.stream_block.child_blocks.items())
        block_types = [(key, lookup.add_block(block)) for key, block in children]
        kwargs = _lean_options(kwargs) | {"block_lookup": lookup.get_lookup_as_dict()}
        kwargs.pop("verbose_name", None)
        return name, "wagtail.fields.StreamField", [block_types], kwargs


class _LeanLookupBuilder(BlockDefinitionLookupBuilder):
    """Wagtail's builder of block definitions, fed with lean ones."""

    def add_block(self, block: blocks.Block) -> int:
        """Add the lean definition of *block* and return its number."""
        index: int = super().add_block(_LeanBlock(block))
        return index


class _LeanBlock:
    """Stands in for a block while its definition is taken."""

    def __init__(self, block: blocks.Block) -> None:
        self.block = block

    def deconstruct_with_lookup(
        self, lookup: _LeanLookupBuilder
    ) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return path, arguments and options of the nearest Wagtail block."""
        path, _args, kwargs = self.block.deconstruct()
        if path in CONTAINERS:
            children = sorted(self.block.child_blocks.items())
            args: Sequence[Any] = [
                [(name, lookup.add_block(child)) for name, child in children]
            ]
        else:
            path, args, kwargs = self.block.deconstruct_with_lookup(lookup)
        return _wagtail_path(path), args, _lean_options(kwargs)


def _wagtail_path(path: str) -> str:
    """Return the dotted path of the nearest Wagtail base of the block class at *path*."""
    for cls in import_string(path).__mro__:
        if cls.__module__.startswith("wagtail."):
            is_public = hasattr(blocks, cls.__name__)
            module = "wagtail.blocks" if is_public else cls.__module__
            return f"{module}.{cls.__name__}"
    raise TypeError(f"{path} has no Wagtail base block")


def _lean_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return *options* without what only editors see; a choice keeps its stored value and loses its label."""
    kept = {key: value for key, value in options.items() if key not in EDITOR_ONLY}
    if "choices" in kept:
        choices = kept.pop("choices")
        if not callable(choices):
            kept["choices"] = [(value, value) for value in _choice_values(choices)]
    return {key: value for key, value in kept.items() if not _is_code(value)}


def _choice_values(choices: Any) -> list[Any]:
    """Return the stored values of *choices*, groups opened, in order."""
    values: list[Any] = []
    for value, label in choices:
        values.extend(
            _choice_values(label) if isinstance(label, list | tuple) else [value]
        )
    return values


def _is_code(value: object) -> bool:
    """Return whether *value* is a function, whose path a migration would record; a model class is data shape."""
    return callable(value) and not isinstance(value, type)
