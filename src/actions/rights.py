import grp, pwd, stat


def rights(status):
    """Owner and mode of a file, as a comparison takes them."""
    owner = "%s:%s" % (name(pwd.getpwuid, status.st_uid), name(grp.getgrgid, status.st_gid))
    return {"owner": owner, "mode": "%04o" % stat.S_IMODE(status.st_mode)}


def name(lookup, number):
    try:
        return lookup(number)[0]
    except KeyError:
        return str(number)
