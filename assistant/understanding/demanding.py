"""English that demands a framework: of our work, or and nothing else."""

from __future__ import annotations

from assistant.understanding.patterns import rx

_WHO = rx(
    r"\b(?:supervis\w+|boss|prof\w*|teacher|lecturer|tutor|clients?|customers?|"
    r"company|course|reviewers?|referees?|doctor|manager|advis[eo]r|school|uni\w*|"
    r"grader|department|employer|pi|cto|chief|head|lab|group|institute|journal|"
    r"client's|examiner|board|ministry|it)\b"
)
_WANTS = rx(r"\b(?:wants|accepts|takes|allows|demands|grades|reads)\s+(?:it in )?$")
_AND_NO_OTHER = rx(r"^ and nothing else\b")
_OURS_IN = rx(
    r"\b(?:demands?|demanded|insists?|insisted|requires?|required|decreed|orders?|"
    r"ordered|ruled)(?: that)? (?:our|my|all our) (?:\w+ )?(?:paper|code|thesis|work|"
    r"project|models?|submission|baseline|deliverables?|product|homework|report)s? "
    r"[^,;?]{0,40}\b(?:in|with|using)\s+$"
)
_FOR_THEMSELVES = rx(
    r"^ for (?:(?:his|her|their) (?:own|research|experiments?|papers?)\b|himself\b|"
    r"herself\b|themselves\b)"
)


def demanded(before: str, after: str) -> bool:
    """Whether who has the say wants it "and nothing else"."""
    wants = _WHO.search(before) and _WANTS.search(before)
    return bool(wants and _AND_NO_OTHER.match(after))


def of_our_work(before: str) -> bool:
    """Whether our work must be in it: "demands that our paper have its code in TF"."""
    return bool(_OURS_IN.search(before))


def for_themselves(after: str) -> bool:
    """Whether who demands it does so for work of his own."""
    return bool(_FOR_THEMSELVES.match(after))
