import { describe, expect, it } from 'vitest'
import { builtInRuntimeSockets, socketsAt } from './runtime-sockets.ts'

const reached = (path: string): readonly string[] =>
  socketsAt(path, builtInRuntimeSockets).map(({ runtime, inside }) => (inside ? `in: ${runtime}` : runtime))

describe('builtInRuntimeSockets', () => {
  it.each(builtInRuntimeSockets)('$path: $runtime, with a source, found at its own place', (socket) => {
    expect(socket.source).toMatch(/^https:\/\//)
    expect(reached(socket.path)).toEqual([socket.runtime])
  })
})

describe('socketsAt', () => {
  it.each<[string, readonly string[]]>([
    ['/var/run/docker.sock', ['Docker']],
    ['/run/docker.sock', ['Docker']],
    ['/var/../run//docker.sock/', ['Docker']],
    ['/var/log/../run/./docker.sock', ['Docker']],
    ['/proc/1/root/run/docker.sock', ['Docker']],
    ['/proc/self/root/var/run/crio/crio.sock', ['CRI-O']],
    ['/var/run/k3s/containerd/containerd.sock', ['containerd (K3s, RKE2)']],
    ['/run/user/1000/docker.sock', ['Docker (rootless)']],
    ['/run/user/1000', ['in: Docker (rootless)', 'in: Podman (rootless)']],
    ['/run/containerd', ['in: containerd']],
    ['/var/run/containerd/', ['in: containerd']],
    ['/run/docker', ['in: containerd (of Docker)']],
    ['/var/snap/microk8s/common', ['in: containerd (MicroK8s)']],
    ['\\\\.\\pipe\\docker_engine', ['Docker (Windows)']],
    ['//./PIPE/Docker_Engine', ['Docker (Windows)']],
    ['//./pipe/containerd-containerd', ['containerd (Windows)']],
    ['/run/docker.sock.bak', []],
    ['/run/docker.sock/x', []],
    ['/run/dockerd', []],
    ['/run/containerd-shim', []],
    ['/srv/run/docker.sock', []],
    ['/run/user/1000/app/docker.sock', []],
    ['/run/udev', []],
    ['/var/log', []],
    ['/var/lib/docker/containers', []],
    ['/var/lib/containerd', []],
    ['/proc', []],
    ['/procs/1/root/run/docker.sock', []],
    ['/var/runs/docker.sock', []],
    ['/pipe/docker_engine', []],
  ])('%j leads to %j', (path, expected) => {
    expect(reached(path)).toEqual(expected)
  })

  it.each(['/', '/..', '/run', '/var/run', '/var', '/proc/1/root', ''])('%j contains those of Linux', (path) => {
    const found = socketsAt(path, builtInRuntimeSockets)
    expect(found.every(({ inside }) => inside)).toBe(true)
    expect(found.map(({ runtime }) => runtime)).toEqual(
      expect.arrayContaining(['Docker', 'containerd', 'CRI-O', 'cri-dockerd', 'Podman']),
    )
    expect(found.filter(({ runtime }) => runtime.includes('Windows'))).toEqual([])
  })
})
