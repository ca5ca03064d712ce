from rights import rights  # not sent

import errno, grp, json, os, pwd, re, stat, sys

SECTION = re.compile(r"\[([^\]]*)\]")


def split(line):
    """The option and value of a line, or None for comments, headers and blanks."""
    if not line.strip() or line[0] in "#;[ \t":
        return None
    places = [at for at in (line.find("="), line.find(":")) if at >= 0]
    if not places:
        return line.strip(), ""
    return line[: min(places)].strip(), line[min(places) + 1 :].strip()


def ranges(lines, section):
    """Line ranges that belong to a section, which may stand in a file more than once."""
    start = None
    for at, line in enumerate(lines + ["["]):
        if line.startswith("["):
            if start is not None:
                yield start, at
            header = SECTION.match(line)
            start = at + 1 if header and header.group(1).strip() == section else None


def occurrences(lines, section, option):
    """(first line, line after the last, value) of each place where an option is set, with its continuation lines."""
    for start, end in ranges(lines, section):
        at = start
        while at < end:
            found = split(lines[at])
            last = at + 1
            while found and last < end and lines[last].strip() and lines[last][0] in " \t":
                last += 1
            if found and found[0] == option:
                rest = [line.strip() for line in lines[at + 1 : last]]
                yield at, last, "\n".join([found[1]] + rest)
            at = last


def place(lines, section, option):
    """Where a new option goes: below its commented example, else at the end of its section."""
    found = list(ranges(lines, section))
    if not found:
        lines += ([""] if lines and lines[-1].strip() else []) + ["[%s]" % section]
        return len(lines)
    example = re.compile(r"[#;]\s*%s\s*=" % re.escape(option))
    for start, end in found:
        for at in range(end - 1, start - 1, -1):
            if example.match(lines[at]):
                return at + 1
    start, end = found[0]
    while end > start and not lines[end - 1].strip():
        end -= 1
    return end


def edit(lines, section, option, value):
    """Sets (or, for None, removes) one option. Tells whether anything changed."""
    found = list(occurrences(lines, section, option))
    if value is None:
        for first, last, _ in reversed(found):
            del lines[first:last]
        return bool(found)
    if [seen for _, _, seen in found] == [value.strip()]:
        return False
    for first, last, _ in reversed(found[1:]):
        del lines[first:last]
    line = "%s = %s" % (option, value.strip())
    if found:
        lines[found[0][0] : found[0][1]] = [line]
    else:
        lines.insert(place(lines, section, option), line)
    return True


def read(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as source:
        return source.read().rstrip("\n").split("\n")


def write(path, lines, status, owner, mode):
    """Replaces the file at once: a reader sees the old or the new one, never a half."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    new = path + "@@UNFINISHED@@"
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="") as target:
            target.write("\n".join(lines) + "\n")
        dress(new, status, owner, mode)
        os.replace(new, path)
    except BaseException:
        os.unlink(new)
        raise


def dress(path, status, owner, mode):
    """Tells what it changed."""
    changed = []
    uid, gid = (status.st_uid, status.st_gid) if status else (0, 0)
    if owner:
        user, group = owner.split(":")
        uid, gid = pwd.getpwnam(user).pw_uid, grp.getgrnam(group).gr_gid
    if (os.stat(path).st_uid, os.stat(path).st_gid) != (uid, gid):
        os.chown(path, uid, gid)
        changed.append("owner")
    wanted = int(mode, 8) if mode else stat.S_IMODE(status.st_mode) if status else 0o640
    if stat.S_IMODE(os.stat(path).st_mode) != wanted:
        os.chmod(path, wanted)
        changed.append("mode")
    return changed


def change(path, want):
    lines = read(path)
    status = os.stat(path) if os.path.exists(path) else None
    changed = []
    for section, options in want["set"].items():
        for option, value in options.items():
            if edit(lines, section, option, value):
                changed.append("%s [%s] %s" % ("removed" if value is None else "changed", section, option))
    if changed or not status:
        write(path, lines, status, want["owner"], want["mode"])
        note(want["file"], status, want["by"])
    else:
        changed = ["changed %s of %s" % (what, path) for what in dress(path, status, want["owner"], want["mode"])]
        if changed:
            note(want["file"], status, want["by"])
    print("\n".join(changed) or "unchanged %s" % path)


def note(path, before, by):
    """What another step writes here is no reason to restart those who do not read it."""
    record = "@@WRITE_LOGS@@" + path
    os.makedirs(os.path.dirname(record), exist_ok=True)
    known = read(record)
    if before and [line.split()[0] for line in known[-1:]] != [moment(before)]:
        known.append("%s @@UNKNOWN_WRITER@@" % moment(before))
    known.append("%s %s" % (moment(os.stat(path)), by))
    with open(record, "w") as target:
        target.write("\n".join(known) + "\n")


def moment(status):
    return "%d.%09d" % divmod(status.st_ctime_ns, 10**9)


def look(path, want):
    """One object: owner, mode, and for each option whether it is as wanted and, where it may be shown, its value."""
    lines = read(path)
    answer = {"exists": os.path.exists(path), "options": {}}
    if answer["exists"]:
        answer.update(rights(os.stat(path)))
    for section, options in want["set"].items():
        for option, value in options.items():
            found = [seen for _, _, seen in occurrences(lines, section, option)]
            seen = None if not found else found[-1]
            same = found == ([] if value is None else [value.strip()])
            state = {"same": same, "set": seen is not None}
            if seen is not None and option not in want["hidden"]:
                state["value"] = re.sub(r"://\S*@", "://***@", seen)
            answer["options"].setdefault(section, {})[option] = state
    print(json.dumps(answer))


def try_look(path, want):
    """A file that cannot be read must not keep the others from being looked at."""
    try:
        look(path, want)
    except OSError as problem:
        print(json.dumps({"exists": True, "problem": problem.strerror, "options": {}}))


def try_change(path, want):
    try:
        change(path, want)
    except OSError as problem:
        why = "%s: %s" % (path, problem.strerror)
        if problem.errno == errno.EPERM:
            why += ". If `lsattr %s` shows an i, it is immutable: chattr -i %s" % (path, path)
        if problem.errno == errno.EISDIR:
            why += ", and a file belongs there: move it away"
        sys.exit(why)


def main(wants):
    for at, want in enumerate(wants):
        if at:
            print("@@NEXT@@")
        path = os.path.realpath(want["file"])
        {"change": try_change, "look": try_look}[want["do"]](path, want)
