"""Who stands behind a platform's numbers: the lists that lie beside the files of an export."""

import json
import re

GRADESCOPE = "submission_metadata.yml"
Person = tuple[str, str]  # name, number


def is_roster(name: str) -> bool:
    """Whether this is Gradescope's list of who handed in what."""
    return name.lower() in (GRADESCOPE, "metadata.yml")


def gradescope_people(data: bytes) -> dict[str, list[Person]]:
    """submission_77 -> everybody who handed it in: a group is several. Empty for what cannot be understood.

    submission_77:
      :submitters:
      - :name: Ada Byron
        :sid: '1815'
        :email: ada@example.org
    """
    people: dict[str, list[dict[str, str]]] = {}
    key, inside = "", False
    for line in data.decode("utf-8-sig", "replace").splitlines():
        if top := re.fullmatch(r"[\"']?(submission_\d+)[^:]*:\s*", line):
            key, inside = top[1], False
            people[key] = []
        elif block := re.fullmatch(r"  (:?\w+):.*", line):
            inside = block[1].lstrip(":") == "submitters"
        elif key and inside and (item := re.fullmatch(r"(\s+(?:- +)?):?(\w+): ?(.*)", line)):
            if "-" in item[1]:
                people[key].append({})
            if people[key]:
                people[key][-1][item[2]] = _scalar(item[3])
    return {
        submission: [
            (person["name"], person.get("sid") or person.get("email") or submission.rpartition("_")[2])
            for person in persons
            if person.get("name")
        ]
        for submission, persons in people.items()
    }


def _scalar(text: str) -> str:
    """A value of YAML, plain or in quotes."""
    text = text.strip()
    if text[:1] == "'" and text[-1:] == "'":
        return text[1:-1].replace("''", "'")
    if text[:1] == '"':
        try:
            return str(json.loads(re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", text)))
        except ValueError:
            return text.strip('"')
    return "" if text in ("null", "~") else text


def name_in_note(data: bytes) -> str:
    """The user whom the note beside a file of Blackboard names: `Name: Ada Byron (abyron)`; or nothing."""
    first = data.decode("utf-8-sig", "replace").strip().partition("\n")[0]
    match = re.fullmatch(r"[^:]+: .*\(([^()]+)\)\s*", first)
    return match[1].strip() if match else ""
