"""Submits over HTTP, kills at random moments, starts again, and compares what was promised with what arrived."""

import collections
import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

binary, folder, web, mail, kills, messages, seed = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:8])
SUBMITTERS = 8
# From "listens" to the kill: a life has time for anything between its first read and having nothing left to do.
LONGEST_LIFE_S = 0.4
dice = random.Random(seed)
environment = {
    "PATH": os.environ["PATH"],
    "POSTROOM_LISTEN": f"127.0.0.1:{web}",
    "POSTROOM_DATABASE_URL": f"sqlite://{folder}/postroom.db",
    "POSTROOM_MASTER_KEY_FILE": f"{folder}/master.key",
    "POSTROOM_ALLOW_DESTINATIONS": "127.0.0.0/8:1-65535",
    "POSTROOM_LOG": "warn",
}
log = open(f"{folder}/log", "a")


def start():
    child = subprocess.Popen([binary, "serve"], env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=log)
    if not child.stdout.readline().startswith(b"Postroom listens on "):
        sys.exit("it did not start:\n" + open(f"{folder}/log").read()[-2000:])
    return child


def ask(path, body, key=None):
    """Status and JSON, or nothing where the server went away before it had answered."""
    connection = http.client.HTTPConnection("127.0.0.1", web, timeout=20)
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    if key:
        headers["idempotency-key"] = key
    try:
        connection.request("POST", path, json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


token = subprocess.run(
    [binary, "token", "add", "--name", "kills", "--role", "administrator"],
    env=environment, cwd=folder, check=True, stdout=subprocess.PIPE, stderr=log, text=True,
).stdout.strip()
child = start()
account = {
    "name": "Postfix", "sender": "alerts@example.test", "reply_to": "alerts@example.test",
    "return_path": "alerts@example.test", "confirmation": "alerts@example.test",
    "host": "127.0.0.1", "port": mail, "secure": False,
}
status, made = ask("/api/v1/accounts", account)
if status != 201:
    sys.exit(f"no account: {status} {made}")

accepted = {}  # number: the id that it was answered with
again = 0  # answers that were lost or refused, and asked for again
lock = threading.Lock()
released = threading.Condition(lock)
allowance = 0  # how many may have been submitted by now
following = iter(range(messages))


def submit():
    global again
    while True:
        with lock:
            number = next(following, None)
            while number is not None and number >= allowance:
                released.wait()
        if number is None:
            return
        body = {"to": [f"user{number}@example.test"], "subject": f"Message {number}", "text": "One of many.\n" * 20}
        while True:
            answer = ask("/api/v1/notifications", body, f"key-{number}")
            if answer and answer[0] == 202:
                with lock:
                    accepted[number] = answer[1]["id"]
                break
            if answer and answer[0] < 500:
                print(f"message {number} was refused: {answer}", file=sys.stderr)
                os._exit(1)
            with lock:
                again += 1
            time.sleep(0.01)


threads = [threading.Thread(target=submit, daemon=True) for _ in range(SUBMITTERS)]
for thread in threads:
    thread.start()
print(f"{kills} kills, {messages} messages, seed {seed}", flush=True)
began = time.time()
moments = collections.Counter()
for kill in range(kills):
    with lock:
        allowance = messages * (kill + 1) // kills
        released.notify_all()
    # Every other life first takes what was released in the lives before it: the flow lasts as long as the killing.
    if kill % 2:
        patience = time.time() + 10
        while len(accepted) < messages * kill // kills and time.time() < patience:
            time.sleep(0.005)
    time.sleep(dice.uniform(0, LONGEST_LIFE_S))
    child.send_signal(signal.SIGKILL)
    child.wait()
    states = dict(sqlite3.connect(f"file:{folder}/postroom.db?mode=ro", uri=True)
                  .execute("SELECT status, count(*) FROM messages GROUP BY status").fetchall())
    moments["with something waiting" if states.get("waiting") else "with nothing waiting"] += 1
    moments["with something being sent" if states.get("sending") else "with nothing being sent"] += 1
    child = start()
    if (kill + 1) % 10 == 0:
        print(f"  {kill + 1} kills, {len(accepted)} messages accepted", flush=True)
for thread in threads:
    thread.join()
print(f"killed {kills} times in {time.time() - began:.0f} s: " + ", ".join(f"{n} {how}" for how, n in sorted(moments.items())))

database = sqlite3.connect(f"file:{folder}/postroom.db?mode=ro", uri=True, timeout=20)
patience = time.time() + 300
while (left := database.execute("SELECT count(*) FROM messages WHERE status <> 'sent'").fetchone()[0]) and time.time() < patience:
    time.sleep(0.2)
while time.time() < patience:
    queue = subprocess.run(["postqueue", "-c", f"{folder}/postfix/etc", "-p"], stdout=subprocess.PIPE, text=True).stdout
    if "empty" in queue:
        break
    time.sleep(0.5)

arrived = collections.defaultdict(list)  # number: the Message-ID of each time
for name in os.listdir(f"{folder}/mail/box/new"):
    head = open(f"{folder}/mail/box/new/{name}", encoding="utf-8").read().split("\n\n", 1)[0]
    fields = dict(line.split(": ", 1) for line in head.split("\n") if ": " in line and not line.startswith((" ", "\t")))
    arrived[int(fields["Subject"].split()[1])].append(fields["Message-ID"].strip("<>"))
rows = {
    int(subject.split()[1]): (id, status, bool(twice), message_id)
    for id, status, twice, message_id, subject in database.execute(
        "SELECT m.id, status, possible_duplicate, message_id, subject FROM messages m JOIN message_texts t ON t.id = m.id")
}
total = database.execute("SELECT count(*) FROM messages").fetchone()[0]
unsure = {id for (id,) in database.execute("SELECT DISTINCT message_id FROM attempts WHERE outcome = 'unknown'")}
sound = database.execute("PRAGMA integrity_check").fetchone()[0]
database.close()
child.send_signal(signal.SIGTERM)
ended = child.wait()

several = {number: ids for number, ids in arrived.items() if len(ids) > 1}
faults = {
    "answered with 202 and lost": [number for number in accepted if number not in arrived],
    "not answered with 202": [number for number in range(messages) if number not in accepted],
    "arrived and never accepted": [number for number in arrived if number not in accepted],
    "answered with another id than stored": [n for n, id in accepted.items() if rows.get(n, (None,))[0] != id],
    "not recorded as sent": [number for number, row in rows.items() if row[1] != "sent"],
    "arrived under another Message-ID than stored": [n for n, ids in arrived.items() if n in rows and set(ids) != {rows[n][3]}],
    "arrived more than once, not called a possible duplicate":
        [n for n in several if n in rows and not (rows[n][2] and rows[n][0] in unsure)],
}
print(f"accepted: {len(accepted)} of {messages}; answers lost with the server and asked for again: {again}")
print(f"stored: {total}; integrity: {sound}; the last server ended with {ended}")
print(f"arrived: {len(arrived)}, of which twice or more: {len(several)} (most: {max(map(len, arrived.values()), default=0)} times)")
print(f"called a possible duplicate: {sum(row[2] for row in rows.values())}")
for what, numbers in faults.items():
    print(f"{what}: {len(numbers)} {numbers[:5] if numbers else ''}")
sys.exit(1 if any(faults.values()) or total != messages or sound != "ok" or ended else 0)
