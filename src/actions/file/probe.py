from rights import rights  # not sent

import json, os

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
    answer = {"exists": True, **rights(status), "same": content == want["content"].encode()}
    if not answer["same"] and len(content) <= LARGEST:
        answer["text"] = content.decode(errors="replace")
    return answer


def main(wants):
    print("\n@@NEXT@@\n".join(json.dumps(look(want)) for want in wants))
