# The call of `main` that is added reads JSON.  # not sent
import json  # noqa: F401
import os
import signal
import subprocess
import time

AT_ONCE = 4  # enough to keep the processors of a node busy
# Seconds after which a question counts as one that waits: it takes no processor, so another one starts beside it. More where
# answers take longer, for then the node is busy; less with each question that waits, for then a service hangs.
PATIENCE, LEAST, MOST_PATIENCE = 4, 0.3, 10
TERM_TO_KILL = 1  # seconds
KEPT = 1 << 16  # bytes of output that are kept of one question, from its end


class Asked:
    """A question whose shell runs. What it reads and prints is in memory: the disk may be full."""

    def __init__(self, question):
        self.question = question
        self.began = time.monotonic()
        self.until = self.began + question["seconds"]
        self.waits = False
        self.late = None  # what it had printed, and its processes, when it was too late
        self.printed = os.memfd_create("printed")
        text = os.memfd_create("text")
        os.write(text, question["text"].encode())
        os.lseek(text, 0, os.SEEK_SET)
        self.process = subprocess.Popen(["/bin/sh", "-s"], stdin=text, stdout=self.printed, stderr=self.printed)
        os.close(text)

    def text(self):
        start = max(0, os.fstat(self.printed).st_size - KEPT)
        return os.pread(self.printed, KEPT, start).decode(errors="replace")

    def ended(self):
        """Text and exit code; None while it runs. A process that cannot end, for its disk hangs, is left alone."""
        code = self.process.poll()
        if code is None and time.monotonic() < self.until:
            return None
        if self.late is None and code is None:
            self.late = self.text(), descendants(self.process.pid)
            self.until += TERM_TO_KILL
            # A process that was stopped takes a TERM only when it is continued.
            send(signal.SIGTERM, self.late[1])
            send(signal.SIGCONT, self.late[1])
            return None
        if self.late is None:
            text = self.text()
        else:
            text, processes = self.late
            send(signal.SIGKILL, processes | descendants(self.process.pid))
            code = 124
            text += "\nno answer within %d s" % self.question["seconds"]
        os.close(self.printed)
        return text, code


def descendants(pid):
    children = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % name) as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
        children.setdefault(parent, []).append(int(name))
    found, new = set(), [pid]
    while new:
        one = new.pop()
        found.add(one)
        new.extend(children.get(one, []))
    return found


def send(number, processes):
    for pid in processes:
        try:
            os.kill(pid, number)
        except OSError:
            pass


def tell(question, text, code):
    """One answer for each index: all that was printed with the exit code, or the lines one after the other."""
    indexes = question["answers"]
    if question["lines"]:
        lines = [line for line in text.split("\n") if line.strip()] or [""]
        texts = [lines[min(at, len(lines) - 1)] for at in range(len(indexes))]
    else:
        texts = ["%s\nexit %d" % (text, code)]
    for at, index in enumerate(indexes):
        print("@@ answer %d @@\n%s" % (index, texts[at]))
    print("@@ end of answers @@", flush=True)


def main(questions):
    waiting, running, patience = list(questions), [], PATIENCE
    while waiting or running:
        for asked in list(running):
            answer, took = asked.ended(), time.monotonic() - asked.began
            if answer is not None:
                running.remove(asked)
                tell(asked.question, *answer)
                if asked.late is None:
                    patience = min(MOST_PATIENCE, max(patience, 1.5 * took))
            elif took > patience and not asked.waits:
                asked.waits = True
                patience = max(LEAST, patience / 1.2)
        if waiting and sum(not asked.waits for asked in running) < AT_ONCE:
            running.append(Asked(waiting.pop(0)))
        else:
            time.sleep(0.02)
