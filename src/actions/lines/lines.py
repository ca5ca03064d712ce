import json, os, re, stat

BEGIN = "# scratchstack: what follows belongs to the lab"
END = "# scratchstack: end"
ASIDE = "# scratchstack set aside: "


def read(path):
    """The lines of a file with their ends, as they are; None where there is no file."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
            *lines, last = file.read().split("\n")
    except FileNotFoundError:
        return None
    return [line + "\n" for line in lines] + ([last] if last else [])


def split(lines, wanted):
    """The lines of the lab (None: there are none), and those of others. A block that lost its end is as long as its lines are known."""
    ours, others, inside = None, [], False
    ends = [number for number, line in enumerate(lines) if line.strip() == END]
    for number, line in enumerate(lines):
        text = line.strip()
        if text == BEGIN:
            ours, inside = [], True
        elif inside and text == END:
            inside = False
        elif inside and (text in wanted or any(end > number for end in ends)):
            ours.append(text)
        else:
            inside = False
            others.append(line)
    return ours, others


def against(want, line):
    return bool(want.get("instead")) and not line.startswith(ASIDE) and bool(re.search(want["instead"], line))


def back(line):
    return line[len(ASIDE) :] if line.startswith(ASIDE) else line


def look(want):
    try:
        lines = read(want["path"])
    except OSError as problem:
        return {"problem": problem.strerror}
    ours, others = split(lines or [], want["lines"])
    return {"lines": ours, "against": [line.strip() for line in others if against(want, line)]}


def put(path, lines):
    """Replaces a file at one moment, with the owner and mode that it has."""
    path = os.path.realpath(path)
    new = path + "@@UNFINISHED@@"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(new, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write("".join(lines))
    if os.path.exists(path):
        status = os.stat(path)
        os.chown(new, status.st_uid, status.st_gid)
        os.chmod(new, stat.S_IMODE(status.st_mode))
    else:
        os.chmod(new, 0o644)
    os.replace(new, path)


def restore(path, kept):
    """An earlier release replaced the whole file: what it kept comes back first."""
    if os.path.exists(kept):
        put(path, read(kept))
        os.remove(kept)
    elif os.path.exists(kept + ".absent"):
        if os.path.exists(path):
            os.remove(path)
        os.rename(kept + ".absent", kept + ".made")


def do(want, kept):
    path = want["path"]
    restore(path, kept)
    if look(want) == {"lines": want["lines"], "against": []}:
        print("unchanged " + path)
        return
    lines = read(path)
    if lines is None:
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        open(kept + ".made", "w").close()
    others = [back(line) for line in split(lines or [], want["lines"])[1]]
    others = [ASIDE + line if against(want, line) else line for line in others]
    block = [line + "\n" for line in [BEGIN] + want["lines"] + [END]]
    put(path, block + others)
    print("wrote the lab's lines into " + path)


def undo(want, kept):
    path = want["path"]
    restore(path, kept)
    lines = read(path)
    if lines is not None:
        others = [back(line) for line in split(lines, want["lines"])[1]]
        if not others and os.path.exists(kept + ".made"):
            os.remove(path)
        elif others != lines:
            put(path, others)
            print("removed the lab's lines from " + path)
    if os.path.exists(kept + ".made"):
        os.remove(kept + ".made")


def main(job):
    if job["do"] == "look":
        print("\n@@NEXT@@\n".join(json.dumps(look(want)) for want in job["wants"]))
    else:
        {"do": do, "undo": undo}[job["do"]](job["want"], job["kept"])
