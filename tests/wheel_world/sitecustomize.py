"""Let the same tests run against the installed wheel.

With this folder and the wheel's on PYTHONPATH, `health_content` and `comments` are the very modules of
`wagtail_healthpress.health_content` and `wagtail_healthpress.comments`, in every process the suite starts.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec

PARTS = {"health_content", "comments"}


class WheelAlias(MetaPathFinder, Loader):
    """Answer an import of a part with the wheel's module of that name."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.partition(".")[0] in PARTS:
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec):
        module = import_module(f"wagtail_healthpress.{spec.name}")
        spec.loader_state = module.__spec__
        return module

    def exec_module(self, module):
        module.__spec__ = module.__spec__.loader_state


sys.meta_path.insert(0, WheelAlias())
