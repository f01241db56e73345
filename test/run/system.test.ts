import { describe, expect, it } from 'vitest';
import {
  decideSandbox,
  hasNewNames,
  installCommand,
  missingLibraries,
  packagesFor,
  shortfall,
} from '../../resources/run/system.mjs';

const ldd = `	linux-vdso.so.1 (0x00007ffc)
	libffmpeg.so => /opt/electron/libffmpeg.so (0x00007f1)
	libgtk-3.so.0 => not found
	libnss3.so => not found
	libnssutil3.so => not found
	libgtk-3.so.0 => not found
	libstrange.so.9 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2)
`;

describe('missing libraries', () => {
  it('are those ldd did not find, each once', () => {
    expect(missingLibraries(ldd)).toEqual([
      'libgtk-3.so.0',
      'libnss3.so',
      'libnssutil3.so',
      'libstrange.so.9',
    ]);
    expect(missingLibraries('	not a dynamic executable\n')).toEqual([]);
  });

  it('become packages, each once, and a font if there is none', () => {
    expect(packagesFor(missingLibraries(ldd), { fonts: false, t64: false })).toEqual({
      libraries: ['libgtk-3.so.0', 'libnss3.so', 'libnssutil3.so', 'libstrange.so.9'],
      packages: ['fonts-dejavu-core', 'libgtk-3-0', 'libnss3'],
      unknown: ['libstrange.so.9'],
    });
  });

  it('become packages of the newer names where the system has them', () => {
    const { packages } = packagesFor(['libasound.so.2', 'libgbm.so.1', 'libgio-2.0.so.0'], {
      fonts: true,
      t64: true,
    });
    expect(packages).toEqual(['libasound2t64', 'libgbm1', 'libglib2.0-0t64']);
  });

  it('that no package is known for are not looked up among the words every object has', () => {
    expect(packagesFor(['constructor'], { fonts: true, t64: false }).unknown).toEqual(['constructor']);
  });

  it.each([
    ['ID=debian\nVERSION_ID="12"\n', false],
    ['ID=debian\nVERSION_ID="13"\n', true],
    ['ID=debian\nVERSION_CODENAME=sid\n', true],
    ['ID=ubuntu\nVERSION_ID="22.04"\n', false],
    ['ID=ubuntu\nVERSION_ID="24.04"\n', true],
    ['ID=linuxmint\nVERSION_ID="22"\nUBUNTU_CODENAME=noble\n', true],
    ['ID=fedora\nVERSION_ID=42\n', false],
    ['', false],
  ])('have the newer names or not by the release %j', (release, newer) => {
    expect(hasNewNames(release)).toBe(newer);
  });

  it('are named together with the exact command', () => {
    const missing = packagesFor(['libnss3.so', 'libgbm.so.1'], { fonts: true, t64: false });
    expect(shortfall(missing, { asRoot: false, apt: true })).toBe(
      'The window needs shared libraries this system lacks: libnss3.so, libgbm.so.1.\n' +
        'Install the packages that are missing:\n' +
        '  sudo apt-get update && sudo apt-get install -y --no-install-recommends libgbm1 libnss3',
    );
    expect(installCommand(['libgbm1'], true)).toBe(
      'apt-get update && apt-get install -y --no-install-recommends libgbm1',
    );
    expect(shortfall(missing, { asRoot: true, apt: false })).toContain(
      'on Debian the packages are: libgbm1 libnss3.',
    );
  });
});

describe('the sandbox', () => {
  it.each([
    { platform: 'linux', uid: 0, namespaces: true, helper: true, flags: ['--no-sandbox'], warns: true },
    { platform: 'linux', uid: 1000, namespaces: true, helper: false, flags: [], warns: false },
    { platform: 'linux', uid: 1000, namespaces: false, helper: true, flags: [], warns: false },
    { platform: 'linux', uid: 1000, namespaces: false, helper: false, flags: ['--no-sandbox'], warns: true },
    { platform: 'darwin', uid: 0, namespaces: false, helper: false, flags: [], warns: false },
    { platform: 'win32', uid: undefined, namespaces: false, helper: false, flags: [], warns: false },
  ])(
    'on $platform, uid $uid, namespaces $namespaces, helper $helper: $flags',
    ({ flags, warns, ...machine }) => {
      const decision = decideSandbox(machine);
      expect(decision.flags).toEqual(flags);
      expect(decision.warning !== undefined).toBe(warns);
    },
  );
});
