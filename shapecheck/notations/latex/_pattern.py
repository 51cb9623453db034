r"""The shapes of LaTeX's tokens as one pattern, `pattern(ascii_only)`: blanks, then a token; its group is its kind."""

from __future__ import annotations

import re
from functools import cache

from .._characters import SUBSCRIPTS, SUPERSCRIPTS, letters
from .._names import MODULES

_BLANK = (
    r"(?:[\s~$\u200b\u2060\ufeff]|\\[,!>]|\\[;: ](?!\s*\\[;:])|\{\s*\}(?!\s*\{)|%[^\n]*|\\(?:left|right|middle)\s*\."
    r"|\\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|nonumber|notag|thinspace|hline|noindent"
    r"|mathstrut|strut|null|relax|centering|rm|bf|it|cal|tiny|scriptsize|footnotesize|small|normalsize|large|Large"
    r"|LARGE|huge|Huge|scriptscriptstyle|allowbreak|smallskip|medskip|negthinspace|medspace|thickspace|ignorespaces"
    r")(?![A-Za-z]))*+"
)
_DELIMITER = (
    r"(?:\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s*)?"
    r"(?:[()\[\]]|\\[{}|]|\|\|?|\\(?:[lr]?[vV]ert|[lr]brace|[lr]brack|[lr]angle)(?![A-Za-z]))"
)
_PATTERN = rf"""(?:{_BLANK})(?:
  (?P<mark_o>(?<![A-Za-z0-9\])}}'])\(o\)(?=\s))
| (?P<wide>(?:\\[;: ]\s*){{2,}})
| (?P<open>(?:{_DELIMITER}))
| (?P<roman>\{{\s*\\(?:rm|bf|it|sf|cal|mathrm)\s+[A-Za-z]+\s*\}}|\{{d\}}(?=[A-Za-z\\]))
| (?P<transpose>(?<=[\])}}'])T(?![A-Za-z0-9])|\.T(?!\w))
| (?P<module>(?:(?:MODULES)(?:\.[A-Za-z_]\w*)+|self(?:\.[A-Za-z_]\w*(?<!\.T))+))
| (?P<word>LETTERWORD*(?:\\?_(?<=\\_)WORD+)*|1(?=\s*_\s*[A-Za-z{{])|𝟙)
| (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
| (?P<command>\\[A-Za-z]+)
| (?P<script>[_^])
| (?P<sup>[{SUPERSCRIPTS}]+)
| (?P<sub>[{SUBSCRIPTS}]+)
| (?P<attribute>\.(?:(?:shape|size|ndim|dtype)(?![A-Za-z])|[A-Za-z_]\w*(?=\()))
| (?P<string>(?<=[(,=])\s*'[^'\r\n\\]*')
| (?P<break>\\\\\*?(?:\s*\[\s*-?[0-9.]+\s*[a-z]+\s*\])?)
| (?P<mark>\.\.\.|[-+*/@:<>=!]=|\*\*|//|\.[*/]|\(o\)|\\.|\S)
| (?P<end>\Z)
)"""


@cache
def pattern(ascii_only: bool, sigma: bool) -> re.Pattern[str]:
    """The pattern for a text, in which Σ may be a letter; one with letters beyond ASCII takes longer."""
    letter = "[A-Za-z]" if ascii_only else letters(sigma)
    word = "[A-Za-z0-9]" if ascii_only else rf"(?:{letter}|[0-9])"
    text = _PATTERN.replace("LETTER", letter).replace("WORD", word).replace("MODULES", "|".join(MODULES))
    return re.compile(text, re.VERBOSE | re.DOTALL)
