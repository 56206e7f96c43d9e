#!/usr/bin/env python3
"""Two minutes of silent clients against the live page, and what the page does meanwhile.

    scripts/silent-clients.py [SECONDS [serve | train]]

Starts `symbreak serve` on a free port, opens a tab with a 128/128 network, and keeps 200 connections
open that say nothing and 200 that stop in the midst of a request's body, each opened anew as soon as
it is closed. Meanwhile it asks for the page, steps another tab, and pauses and plays the first, once
a second. With `train` it looks on at `symbreak train --live` of such a network instead, and asks for
the page and opens it once more each second. Prints how often each was answered and how long that took.
SYMBREAK names another command
than scripts/symbreak.
"""
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 120
TRAINS = sys.argv[2:] == ['train']
CLIENTS = 200
HERE = os.path.dirname(os.path.abspath(__file__))
place = tempfile.TemporaryDirectory(prefix='silent-')


def start():
    words = ['serve', '--port', '0']
    if TRAINS:
        words = ['train', os.path.join(HERE, '..', 'data', 'circles.csv'), '--live', '--hidden', '128/128', '--epochs', '100000000',
                 '--no-early-stopping', '--no-report', '--out', os.path.join(place.name, 'run')]
    command = [os.environ.get('SYMBREAK', os.path.join(HERE, 'symbreak')), *words]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in server.stdout:
        found = re.search(r'http://([^:/]+):(\d+)/#token=(\w+)', line)
        if found:
            return server, found.group(1), int(found.group(2)), found.group(3)
    sys.exit('the server did not start')


server, host, port, token = start()
over = threading.Event()
opened = [0]


def silent(text):
    """Keeps one connection that has begun to speak, and opens another when it ends."""
    while not over.is_set():
        try:
            with socket.create_connection((host, port), timeout=30) as connection:
                opened[0] += 1
                connection.sendall(text)
                connection.settimeout(1)
                while not over.is_set():
                    try:
                        if not connection.recv(1024):
                            break
                    except socket.timeout:
                        pass
        except OSError:
            time.sleep(0.1)


def ask(method, path, body=None):
    connection = http.client.HTTPConnection(host, port, timeout=30)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), {'X-Symbreak-Token': token})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def opens(**words):
    status, answer = ask('POST', '/api/open', words)
    if status != 200:
        sys.exit(f'a tab was not opened: {status} {answer[:200]}')
    return json.loads(answer)['tab']


states = []  # of the tab that plays: when, iteration, whether it goes on


def follow(tab, seen):
    """Reads the states of a tab, as a page does."""
    connection = http.client.HTTPConnection(host, port, timeout=60)
    connection.request('POST', '/api/events', json.dumps({'tab': tab}), {'X-Symbreak-Token': token})
    response = connection.getresponse()
    for line in response:
        if line.strip() and not over.is_set():
            state = json.loads(line)
            seen.append((time.time(), state['runs'][0]['frame']['iteration'], state['playing']))


threading.Thread(target=server.stdout.read, daemon=True).start()
if TRAINS:
    big = opens()
else:
    big = opens(data='moons:2000', hidden='128/128', act='tanh', init='glorot', seed='1')
    other = opens(data='moons:200', init='gaussian:0.5')
    threading.Thread(target=follow, args=(other, []), daemon=True).start()
threading.Thread(target=follow, args=(big, states), daemon=True).start()
head = f'Host: {host}:{port}\r\nX-Symbreak-Token: {token}\r\n'
for text in ['GET / HTTP/1.1\r\nHost: x', f'POST /api/open HTTP/1.1\r\n{head}Content-Length: 9999\r\n\r\n{{']:
    for _ in range(CLIENTS):
        threading.Thread(target=silent, args=(text.encode(),), daemon=True).start()
time.sleep(2)

asked = ['GET /', 'open'] if TRAINS else ['GET /', 'step of another tab', 'pause', 'play', 'rest after pause']
took = {name: [] for name in asked}
failed = {name: 0 for name in took}


def timed(name, method, path, body=None):
    begun = time.time()
    try:
        if ask(method, path, body)[0] != 200:
            failed[name] += 1
    except OSError:
        failed[name] += 1
    took[name].append(time.time() - begun)


def look_on():
    time.sleep(1)
    timed('GET /', 'GET', '/')
    timed('open', 'POST', '/api/open', {})


def play():
    timed('play', 'POST', '/api/play', {'tab': big, 'steps': '10000'})
    time.sleep(0.5)
    timed('GET /', 'GET', '/')
    timed('step of another tab', 'POST', '/api/step', {'tab': other, 'steps': '1'})
    begun = time.time()
    timed('pause', 'POST', '/api/pause', {'tab': big})
    while not (states and states[-1][0] >= begun and not states[-1][2]) and time.time() < begun + 30:
        time.sleep(0.005)
    took['rest after pause'].append(time.time() - begun)
    failed['rest after pause'] += took['rest after pause'][-1] >= 30


end = time.time() + SECONDS
while time.time() < end:
    look_on() if TRAINS else play()
over.set()
server.terminate()
server.wait()

print(f'{"train --live" if TRAINS else "serve"}: {SECONDS:.0f} s, {CLIENTS} silent connections and {CLIENTS} half bodies, opened {opened[0]} times in all')
for name, times in took.items():
    times.sort()
    print(f'{name}: {len(times)} asked, {failed[name]} failed; median {1000 * times[len(times) // 2]:.0f} ms, longest {1000 * times[-1]:.0f} ms')
print(f'the {"run" if TRAINS else "playing tab"}: {len(states)} states, to iteration {states[-1][1]}')
sys.exit(1 if any(failed.values()) else 0)
