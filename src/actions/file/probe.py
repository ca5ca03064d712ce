import grp, json, os, pwd, stat

# Bytes of a file that anybody would look at.
LARGEST = 65536


def look(want):
    try:
        status = os.lstat(want["path"])
        with open(want["path"], "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return {"exists": False}
    except OSError as problem:
        return {"exists": True, "problem": problem.strerror}
    answer = {"exists": True, "mode": "%04o" % stat.S_IMODE(status.st_mode)}
    answer["owner"] = "%s:%s" % (name(pwd.getpwuid, status.st_uid), name(grp.getgrgid, status.st_gid))
    answer["same"] = content == want["content"].encode()
    if not answer["same"] and len(content) <= LARGEST:
        answer["text"] = content.decode(errors="replace")
    return answer


def name(lookup, number):
    try:
        return lookup(number)[0]
    except KeyError:
        return str(number)


def main(wants):
    print("\n@@NEXT@@\n".join(json.dumps(look(want)) for want in wants))
