"""Just enough C++ reading for the tidy checks: code without its comments and
strings, and where functions begin and end.

This is no parser. It relies on code that compiles and is clang-formatted,
which other tests see to.
"""

import re

# Comments, raw strings, strings and character literals (a digit separator,
# as in 1'000, is not the start of one).
_TOKEN = re.compile(
    r"""
    //[^\n]*
    | /\*.*?\*/
    | R"(?P<tag>[^(\s]*)\(.*?\)(?P=tag)"
    | "(?:\\.|[^"\\\n])*"
    | (?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'
    """,
    re.DOTALL | re.VERBOSE,
)


def _blank(match):
    text = match.group(0)
    kept = text[0] + text[-1] if text[0] in "\"'R" else ""
    if kept:
        kept = '""'
    blanks = re.sub(r"[^\n]", " ", text)
    return kept + blanks[len(kept):]


def code_only(text):
    """`text` with comments and literals blanked, line for line."""
    return _TOKEN.sub(_blank, text)


_CONTROL = re.compile(r"^(if|for|while|switch|catch|do|else|return|case)\b")
_NOT_A_FUNCTION = re.compile(
    r"^(namespace|class|struct|enum|union|extern|export|template\s*<[^(]*>\s*"
    r"(class|struct|union))\b"
)
_ACCESS = re.compile(r"^(?:(?:public|private|protected)\s*:\s*)+")
_IN_INITIALIZERS = re.compile(r"\)\s*(noexcept\s*)?:\s.*[\w>]$", re.DOTALL)


def _is_function_head(head):
    if "(" not in head or _CONTROL.match(head) or _NOT_A_FUNCTION.match(head):
        return False
    # `kTable[] = Make({` opens a value; `operator=(…) {` opens a function.
    without_operators = re.sub(r"operator\s*[=!<>+\-*/]+", "operator", head)
    outside = re.sub(r"\([^()]*\)", "()", without_operators)
    while outside != without_operators:
        without_operators = outside
        outside = re.sub(r"\([^()]*\)", "()", without_operators)
    return "=" not in outside and outside.count("(") == outside.count(")")


def functions(text):
    """Yields (name, first line, line count) of each outermost function body.

    The first line is the one where the head begins; a lambda belongs to the
    function around it.
    """
    code = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", _blank_directive,
                  code_only(text), flags=re.MULTILINE)
    head_start = 0
    depth = 0
    stack = []  # (depth of the function's brace, head, offset of head)
    skip = []  # depths of braces that initialize a member
    for offset, char in enumerate(code):
        if char == "{":
            head = code[head_start:offset].strip()
            depth += 1
            if not stack:
                if _IN_INITIALIZERS.search(head):
                    skip.append(depth)
                    continue
                head = _ACCESS.sub("", head)
                if _is_function_head(head):
                    stack.append((depth, head, code.rindex(head, 0, offset)))
            head_start = offset + 1
        elif char == "}":
            if skip and skip[-1] == depth:
                skip.pop()
                depth -= 1
                continue
            if stack and stack[-1][0] == depth:
                _, head, start = stack.pop()
                first = code.count("\n", 0, start) + 1
                last = code.count("\n", 0, offset) + 1
                yield _name_of(head), first, last - first + 1
            depth -= 1
            head_start = offset + 1
        elif char == ";" and not skip:
            head_start = offset + 1


def _blank_directive(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def _name_of(head):
    match = re.match(r"TEST\w*\(([^)]*)\)", head)
    if match:
        return re.sub(r"\s*,\s*", ".", match.group(1))
    match = re.search(r"([\w:~]+(?:\s*operator\S+)?)\s*\(", head)
    return match.group(1) if match else head[:40]
