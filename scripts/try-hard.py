#!/usr/bin/env python3
"""Tries what users, other processes and hostile files do to every verb, and counts what held.

    scripts/try-hard.py [GROUP ...]

Held means: the exit code is 0, or 1 or 2 with a line of words (130 and above after a signal); no
stack trace and no name of a Java class on standard error; no file left half-written and no temporary
file beside it. Groups: csv names memory signals data races
runs zips clock (which needs the Debian package faketime). SYMBREAK names another command
than scripts/symbreak.
"""
import glob
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
COMMAND = os.environ.get('SYMBREAK', os.path.join(HERE, 'symbreak'))
CIRCLES = os.path.join(ROOT, 'data', 'circles.csv')
work = tempfile.mkdtemp(prefix='try-hard-')
counts = {}
group = ''
BAD = re.compile(r'^\s+at [\w.$]+\(|Exception\b|com\.fasterxml|java\.(lang|util|nio|io)\.|org\.symbreak\.\w+\.[A-Z]|unexpected ', re.M)


def begin(*args, options='', cwd=None, more={}):
    env = dict(os.environ, **more, SYMBREAK_OPTS=(os.environ.get('SYMBREAK_OPTS', '') + ' ' + options).strip())
    return subprocess.Popen([COMMAND, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            cwd=cwd or work, env=env, start_new_session=True)


def used(process):
    """Seconds of processor time: a busy machine is no hang."""
    try:
        with open(f'/proc/{process.pid}/stat') as stat:
            fields = stat.read().rpartition(')')[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')
    except OSError:
        return 0


def end(process, timeout=300):
    """Waits until the process has ended, has used so many seconds of a processor, or ten times as many have gone by."""
    began = time.monotonic()
    while True:
        try:
            out, err = process.communicate(timeout=5)
            return process.returncode, out.decode('utf-8', 'replace'), err.decode('utf-8', 'replace')
        except subprocess.TimeoutExpired:
            if used(process) > timeout or time.monotonic() - began > 10 * timeout:
                os.killpg(process.pid, signal.SIGKILL)
                out, err = process.communicate()
                return 'HANGS', out.decode('utf-8', 'replace'), err.decode('utf-8', 'replace')


def judge(name, held, what=''):
    tried, good = counts.get(group, (0, 0))
    counts[group] = (tried + 1, good + bool(held))
    print(('held ' if held else 'FELL ') + group + ': ' + name + ('' if held else '\n     ' + what[:600].replace('\n', '\n     ')), flush=True)


def tried(name, *args, codes=(0, 1, 2), options='', cwd=None, timeout=300):
    code, out, err = end(begin(*args, options=options, cwd=cwd), timeout)
    said = '\n'.join(line for line in err.splitlines() if 'incubator' not in line)
    judge(name, code in codes and not BAD.search(said) and (code == 0 or said.strip()), f'exit {code}: {said}')
    return code, out, said


def leftovers(directory):
    return [file for _, _, files in os.walk(directory) for file in files if file.endswith('.tmp')]


def path(name):
    return os.path.join(work, name)


def write(name, text):
    with open(path(name), 'wb') as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return path(name)


def rows(count, extra=''):
    return 'a,b,label\n' + ''.join(f'{i * 0.37 % 1:.3f},{i * 0.61 % 1:.3f},{i % 2}{extra}\n' for i in range(count))


def model():
    if not os.path.exists(path('model')):
        end(begin('train', CIRCLES, '--out', path('model'), '--epochs', '20', '--no-report'))
    return path('model')


def csv():
    wide = ','.join(f'c{i}' for i in range(1_000_000)) + ',label\n'
    cases = {
        'a million columns': wide + (','.join(['1'] * 1_000_000) + ',0\n') * 2,
        'a million categories': 'a,b,label\n' + ''.join(f'k{i},{i % 7},{i % 2}\n' for i in range(1_000_000)),
        'a cell of 20 MB': 'a,b,label\n' + 'x' * 20_000_000 + ',1,0\n' + rows(30)[10:],
        'a quoted cell of 20 MB': 'a,b,label\n"' + 'x\n' * 10_000_000 + '",1,0\n' + rows(30)[10:],
        'a header of 20 MB': 'a' * 20_000_000 + ',b,label\n' + rows(30)[10:],
        'gz under the name of a CSV': gzip.compress(rows(100).encode()),
        'UTF-16': rows(100).encode('utf-16'),
        'UTF-16 without a mark': rows(100).encode('utf-16-le'),
        'UTF-32': rows(100).encode('utf-32'),
        'a NUL': rows(50) + '1,\0,0\n',
        'latin-1': rows(50).replace('a,b', 'ä,b').encode('latin-1'),
        'a quote that never closes': rows(50) + '"1,2,0\n' * 1000,
        'a million empty lines': rows(50) + '\n' * 1_000_000,
        'a million empty lines before it': '\n' * 1_000_000 + rows(50),
        'a first row of digits': '1,0,' * 4000 + '1\n' + '1,0,' * 4000 + '0\n',
        'one line': 'a,b,label',
        'nothing': '',
        'the label alone': 'label\n' + '0\n1\n' * 30,
        'numbers beyond doubles': rows(50) + '1e999,1,0\n',
        'the same name twice': rows(50).replace('a,b', 'a,a'),
        'tabs': rows(50).replace(',', '\t'),
        'a BOM in the middle': rows(50) + '\ufeff1,2,0\n',
        'old Mac lines': rows(50).replace('\n', '\r'),
    }
    for name, text in cases.items():
        file = write('case.csv', text)
        tried(name + ', train', 'train', file, '--label', 'label', '--epochs', '5', '--out', path('out'), '--force', '--no-report', options='-Xmx512m')
        tried(name + ', predict', 'predict', '--model', model(), file, '--out', path('p.csv'), '--force', options='-Xmx512m')
    judge('no temporary files', not leftovers(work), str(leftovers(work)))


def names():
    for name in ['new\nline', 'quo"te', "apo'strophe", '-dash', ' leading', 'trailing ', '@at', 'a=b', '=cmd', 'ünï', '\u202etxt', 'a' * 200, 'semi;colon', 'dollar$HOME', '%s%n', '..dots', 'tab\there', '#', 'a,b', '*', '~']:
        directory = path('names')
        os.makedirs(directory, exist_ok=True)
        file = os.path.join(directory, name + '.csv')
        with open(file, 'w') as text:
            text.write(rows(60))
        code, out, err = tried(repr(name) + ', train', 'train', '--epochs', '3', '--out', os.path.join(directory, name), '--', file, codes=(0,))
        if code == 0:
            tried(repr(name) + ', again from run.json', 'train', '--from', os.path.join(directory, name, 'run.json'), '--out', os.path.join(directory, name + '2'), '--no-report', codes=(0,))
            tried(repr(name) + ', predict', 'predict', '--model', os.path.join(directory, name), '--out', os.path.join(directory, 'p' + name), '--', file, codes=(0,))
        shutil.rmtree(directory)


def verbs(small):
    return {
        'train': ['train', small, '--epochs', '20', '--out', path('m'), '--force'],
        'evaluate': ['evaluate', '--model', model(), CIRCLES],
        'predict': ['predict', '--model', model(), CIRCLES, '--out', path('p.csv'), '--force'],
        'inspect': ['inspect', model()],
        'mend': ['mend', model(), '-o', path('mended.zip'), '--merge', '--force'],
        'compare': ['compare', small, '--init', 'zeros,gaussian:0.1', '--seeds', '2', '--epochs', '5', '--out', path('c'), '--force'],
        'sweep': ['sweep', small, '--init', 'zeros,gaussian:0.1', '--seeds', '2', '--epochs', '5', '--out', path('s'), '--force'],
        'advise': ['advise', small, '--runs', '8', '--epochs', '5', '--out', path('a'), '--force'],
        'report': ['report', model()],
        'data': ['data', 'moons', '--rows', '500', '-o', path('moons.csv'), '--force'],
        'symmetry': ['symmetry', small, '--init', 'zeros', '--epochs', '5'],
        'gradcheck': ['gradcheck', small],
        'backends': ['backends'],
    }


def memory():
    large = write('large.csv', 'a,b,c,d,e,f,label\n' + ''.join(f'{i % 97},{i % 89},{i % 83},{i % 79},{i % 73},{i % 71},{i % 2}\n' for i in range(300_000)))
    for megabytes in (64, 128, 256):
        for name, verb in verbs(large if megabytes < 256 else CIRCLES).items():
            tried(f'{name} in {megabytes} MB', *verb, options=f'-Xmx{megabytes}m')
    judge('no temporary files', not leftovers(work), str(leftovers(work)))


def signals():
    large = write('rows.csv', 'x1,x2\n' + ''.join(f'{i * 0.37 % 1},{i * 0.61 % 1}\n' for i in range(400_000)))
    long = {
        'train': ['train', CIRCLES, '--epochs', '2000000', '--no-early-stopping', '--out', path('m'), '--force'],
        'predict': ['predict', '--model', model(), large, '--out', path('p.csv'), '--force'],
        'mend': ['mend', model(), '-o', path('mended.zip'), '--merge', '--force'],
        'compare': ['compare', CIRCLES, '--init', 'zeros,gaussian:0.1', '--seeds', '200', '--out', path('c'), '--force'],
        'sweep': ['sweep', CIRCLES, '--init', 'zeros,gaussian:0.1', '--seeds', '200', '--out', path('s'), '--force'],
        'advise': ['advise', CIRCLES, '--out', path('a'), '--force'],
        'report': ['report', model()],
    }
    for name, verb in long.items():
        for which in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
            for after in (1.5, 3, 6):
                process = begin(*verb)
                time.sleep(after)
                if process.poll() is None:
                    os.killpg(process.pid, which)
                code, out, err = end(process, 120)
                said = '\n'.join(line for line in err.splitlines() if 'incubator' not in line)
                ends = (0, 1, 2, 130, 128 + which, -which)
                broken = []
                for file in ('p.csv', 'mended.zip', 'm/model.zip', 'm/run.json'):
                    if not os.path.exists(path(file)):
                        continue
                    try:
                        if file.endswith('.zip'):
                            zipfile.ZipFile(path(file)).testzip()
                        elif file.endswith('.json'):
                            json.load(open(path(file)))
                        elif not open(path(file)).read().endswith('\n'):
                            broken.append(file)
                    except Exception as e:
                        broken.append(f'{file}: {e}')
                judge(f'{name}, {which.name} after {after} s', code in ends and not BAD.search(said) and not broken, f'exit {code}, broken {broken}: {said}')


def data():
    for what in ('appended to', 'cut', 'gone', 'replaced'):
        file = write('changing.csv', open(CIRCLES).read())
        process = begin('sweep', file, '--init', 'zeros,gaussian:0.1', '--seeds', '60', '--out', path('changing'), '--force', '--no-report')
        time.sleep(4)
        if what == 'appended to':
            open(file, 'a').write('0.1,0.2,1\n' * 50)
        elif what == 'cut':
            os.truncate(file, 5000)
        elif what == 'gone':
            os.remove(file)
        else:
            write('changing.csv', rows(300))
        code, out, err = end(process, 400)
        said = '\n'.join(line for line in err.splitlines() if 'incubator' not in line)
        judge(f'data {what} during a sweep', code in (0, 1, 2) and not BAD.search(said), f'exit {code}: {said}')


def races():
    def both(name, *args):
        one, two = begin(*args), begin(*args)
        ends = [end(one, 400), end(two, 400)]
        codes = sorted(e[0] for e in ends)
        said = '\n'.join(line for e in ends for line in e[2].splitlines() if 'incubator' not in line)
        judge(name, codes in ([0, 2], [0, 0]) and not BAD.search(said), f'exits {codes}: {said}')
        return codes, said

    both('two trainings in one new directory', 'train', CIRCLES, '--epochs', '3000', '--no-early-stopping', '--out', path('race'), '--no-report')
    both('two trainings that replace one', 'train', CIRCLES, '--epochs', '3000', '--no-early-stopping', '--out', path('race'), '--force', '--no-report')
    both('two trainings without a name', 'train', CIRCLES, '--epochs', '2000', '--no-report')
    both('two sweeps in one directory', 'sweep', CIRCLES, '--init', 'zeros,gaussian:0.1', '--seeds', '30', '--out', path('races'), '--no-report')
    process = begin('train', CIRCLES, '--epochs', '100000000', '--no-early-stopping', '--out', path('owned'), '--no-report')
    for _ in range(200):
        if os.path.exists(path('owned/run.json')):
            break
        time.sleep(0.1)
    for name, args in {'--resume': ['train', '--resume', path('owned')], '--force': ['train', CIRCLES, '--out', path('owned'), '--force']}.items():
        code, out, err = end(begin(*args))
        judge(f'{name} of a run in training is refused, told by whom', code == 2 and 'is trained by process' in err, f'exit {code}: {err}')
    os.killpg(process.pid, signal.SIGKILL)
    end(process)
    tried('a killed run may be replaced', 'train', CIRCLES, '--epochs', '5', '--out', path('owned'), '--force', '--no-report', codes=(0,))


def clock():
    """A clock that is set to another time while each verb runs."""
    library = glob.glob('/usr/lib/*/faketime/libfaketimeMT.so.1')
    if not library:
        print('left out: there is no faketime')
        return
    verbs = {
        'train': ['train', CIRCLES, '--epochs', '30000', '--no-early-stopping', '--out', path('m'), '--force'],
        'compare': ['compare', CIRCLES, '--init', 'zeros,gaussian:0.1', '--seeds', '20', '--out', path('c'), '--force'],
        'sweep': ['sweep', CIRCLES, '--init', 'zeros,gaussian:0.1', '--seeds', '20', '--out', path('s'), '--force'],
        'advise': ['advise', CIRCLES, '--out', path('a'), '--force'],
    }
    for name, verb in verbs.items():
        for to in ('-1h', '-400d', '-60y', '+400d'):
            file = write('clock', '+0')
            more = {'LD_PRELOAD': library[0], 'FAKETIME_TIMESTAMP_FILE': file, 'FAKETIME_NO_CACHE': '1', 'FAKETIME_DONT_FAKE_MONOTONIC': '1'}
            process = begin(*verb, more=more)
            time.sleep(3)
            write('clock', to)
            code, out, err = end(process, 400)
            said = out + err
            held = code == 0 and not BAD.search(said) and not re.search(r'-\d+(\.\d+)? (s|min|h)\b', said)
            judge(f'{name}, the clock set to {to}', held, f'exit {code}: {said[-300:]}')


def runs():
    end(begin('train', CIRCLES, '--epochs', '20', '--out', path('r'), '--no-report'))
    good = open(path('r/run.json')).read()
    tree = json.loads(good)
    cases = {'nothing': '', 'null': 'null', 'an array': '[]', 'a number': '1', 'half': good[:len(good) // 2], 'deep': '[' * 100_000,
             'NUL': good.replace('"format"', '"form\\u0000at"'), 'not UTF-8': good.encode() + b'\xff\xfe', 'twice': good + good, 'huge number': good.replace('"seed" : ', '"seed" : 9' + '9' * 5000)}

    def walk(node, at):
        if isinstance(node, dict):
            for key, value in list(node.items()):
                yield (*at, key)
                yield from walk(value, (*at, key))

    for at in list(walk(tree, ())):
        if at[:1] == ('result',) and len(at) > 2:
            continue
        for value in (None, [], 'x\u0000', -1e308):
            changed = json.loads(good)
            node = changed
            for key in at[:-1]:
                node = node[key]
            node[at[-1]] = value
            cases['.'.join(at) + ' = ' + repr(value)] = json.dumps(changed)
    limit = int(os.environ.get('TRY_HARD_RUNS', '60'))
    for number, (name, text) in enumerate(cases.items()):
        if number >= 10 and number % max(1, len(cases) // limit):
            continue
        file = write('hostile.json', text)
        tried(name, 'train', '--from', file, '--out', path('h'), '--force', '--no-report', timeout=120)


def zips():
    def rebuilt(change):
        with zipfile.ZipFile(os.path.join(model(), 'model.zip')) as good:
            return change({info.filename: good.read(info) for info in good.infolist()})

    def packed(entries, **options):
        with zipfile.ZipFile(path('bad.zip'), 'w', zipfile.ZIP_DEFLATED, **options) as z:
            for name, content in entries:
                z.writestr(name, content)
        return path('bad.zip')

    whole = open(os.path.join(model(), 'model.zip'), 'rb').read()
    genuine = rebuilt(lambda e: e)
    import warnings
    warnings.simplefilter('ignore')

    def forced64():
        with zipfile.ZipFile(path('bad.zip'), 'w', zipfile.ZIP_DEFLATED) as z:
            for name, content in genuine.items():
                with z.open(name, 'w', force_zip64=True) as out:
                    out.write(content)
        return path('bad.zip')

    cases = {
        'a name twice': lambda: packed([*genuine.items(), *genuine.items()]),
        'zip64 entries': forced64,
        'a shell script before it': lambda: write('bad.zip', b'#!/bin/sh\necho owned\n' + whole),
        'a JPEG before it': lambda: write('bad.zip', b'\xff\xd8\xff\xe0' + b'\0' * 100 + whole),
        'two zips': lambda: write('bad.zip', whole + whole),
        'bytes behind it': lambda: write('bad.zip', whole + b'\0' * 100),
        'a path that climbs': lambda: packed([*genuine.items(), ('../../evil', b'x')]),
        'a directory': lambda: packed([*genuine.items(), ('dir/', b'')]),
        'a bomb': lambda: packed([(n, c if n != 'configuration.json' else b' ' * 300_000_000) for n, c in genuine.items()]),
        'ten thousand entries': lambda: packed([*genuine.items(), *((f'e{i}', b'') for i in range(10_000))]),
        'nothing': lambda: write('bad.zip', b''),
        'an empty zip': lambda: packed([]),
        'bzip2': lambda: packed_as(zipfile.ZIP_BZIP2),
        'lzma': lambda: packed_as(zipfile.ZIP_LZMA),
        'a jar': lambda: packed([('META-INF/MANIFEST.MF', b'Main-Class: X\n'), *genuine.items()]),
    }

    def packed_as(method):
        with zipfile.ZipFile(path('bad.zip'), 'w', method) as z:
            for name, content in genuine.items():
                z.writestr(name, content)
        return path('bad.zip')

    for cut in range(1, 16):
        cases[f'cut after {cut}/16'] = lambda cut=cut: write('bad.zip', whole[:len(whole) * cut // 16])
    for name, case in cases.items():
        tried(name + ', inspect', 'inspect', case(), codes=(2,), timeout=120)
    end(begin('train', CIRCLES, '--epochs', '20', '--out', path('k'), '--no-report'))
    run = json.load(open(path('k/run.json')))
    run['result'] = None
    for name, case in cases.items():
        json.dump(run, open(path('k/run.json'), 'w'))
        shutil.copy(case(), path('k/checkpoint.zip'))
        tried(name + ' as a checkpoint', 'train', '--resume', path('k'), '--no-report', codes=(2,), timeout=120)


try:
    for group in sys.argv[1:] or ['csv', 'names', 'memory', 'signals', 'data', 'races', 'runs', 'zips', 'clock']:
        globals()[group]()
finally:
    shutil.rmtree(work, ignore_errors=True)
print()
for name, (all_tried, good) in counts.items():
    print(f'{name}: {all_tried} tried, {good} held')
sys.exit(0 if all(a == b for a, b in counts.values()) else 1)
