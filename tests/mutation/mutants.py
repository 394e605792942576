"""Small faults, one at a time: a module's syntax tree with one operator, constant or statement exchanged."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip
WORDS = 8
"""A list of more is data, and tested as such where it matters."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: where it is, what it reads now, and the source with it."""

    line: int
    change: str
    source: str


def find_mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of *source* that differs from it, in order of line."""
    tree = ast.parse(source)
    spots = [node for node in _code(tree) if _mutations(node)]
    for spot in sorted(spots, key=lambda node: getattr(node, "lineno", 0)):
        for number in range(len(_mutations(spot))):
            yield _mutant(tree, spot, number)


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run: no annotation, no docstring, nothing that only a type checker reads, no long list of words."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST) and not _is_silent(node):
                yield node
                yield from _code(node)


def _is_silent(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Set | ast.Tuple | ast.List) and len(node.elts) > WORDS:
        return True
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, ast.Import | ast.ImportFrom)


def _mutations(node: ast.AST) -> list[ast.AST]:
    """Return what could stand in the place of *node*."""
    if isinstance(node, ast.Constant):
        return _constants(node.value)
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPS:
            return [_with(node, ops=[SWAPS[type(op)]()])]
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPS:
            return [_with(node, op=SWAPS[type(op)]())]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return [operand]
        case ast.IfExp(body=body, orelse=orelse):
            return [_with(node, body=orelse, orelse=body)]
        case ast.If(test=test) if not isinstance(test, ast.Compare | ast.UnaryOp):
            return [_with(node, test=ast.UnaryOp(op=ast.Not(), operand=test))]
        case ast.Break() | ast.Continue():
            return [SWAPS[type(node)]()]
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            return [ast.Pass()]
    return []


def _constants(value: object) -> list[ast.AST]:
    match value:
        case bool():
            return [ast.Constant(not value)]
        case int():
            return [ast.Constant(value + 1)]
        case str() if value:
            return [ast.Constant(f"{value}XX")]
    return []


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


class _Exchange(ast.NodeTransformer):
    def __init__(self, spot: ast.AST, number: int) -> None:
        self.spot, self.number = spot, number

    def visit(self, node: ast.AST) -> ast.AST:
        """Put the mutation in the place of the spot."""
        if node is not self.spot:
            return self.generic_visit(node)
        return ast.copy_location(_mutations(node)[self.number], node)


def _mutant(tree: ast.Module, spot: ast.AST, number: int) -> Mutant:
    # The transformer changes the tree it is given; the copy's nodes are found by their place in it.
    place = next(i for i, node in enumerate(ast.walk(tree)) if node is spot)
    fresh = copy.deepcopy(tree)
    target = next(node for i, node in enumerate(ast.walk(fresh)) if i == place)
    before = ast.unparse(target).splitlines()[0]
    after = ast.unparse(_mutations(target)[number]).splitlines()[0]
    changed = ast.fix_missing_locations(_Exchange(target, number).visit(fresh))
    line = getattr(spot, "lineno", 0)
    return Mutant(line, f"{before}  ->  {after}", ast.unparse(changed))
