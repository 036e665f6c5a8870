import { blockCarriers, wrappedSettingCarriers } from '../carriers/wrapping.ts'
import { flatCarriers } from '../carriers/flat.ts'
import { programCarriers } from '../carriers/programs.ts'
import { structuredCarriers } from '../carriers/structured.ts'
import { addressTypes } from '../credentials/addresses.ts'
import { blockTypes } from '../credentials/blocks.ts'
import { keystoreRows } from '../credentials/keystores.ts'
import { passwordTypes } from '../credentials/passwords.ts'
import { secretTypes } from '../credentials/secrets.ts'
import { tokenTypes } from '../credentials/tokens.ts'
import { innocentFiles } from '../innocents/files.ts'
import { innocentSettings } from '../innocents/settings.ts'
import type { Row } from '../row.ts'
import type { BlockType, Content, SettingCarrier, SettingType, Spread } from './document.ts'
import { among, ordinarySettings } from './ordinary.ts'
import { fill } from './pattern.ts'
import { isPutAside, Random } from './random.ts'

/** Every way to write settings down. */
export const settingCarriers: readonly SettingCarrier[] = [
  ...structuredCarriers,
  ...flatCarriers,
  ...programCarriers,
  ...wrappedSettingCarriers,
]

/** How many documents there are of each cell, which is a type in a carrier. */
const documentsPerCell = { secret: 4, clean: 3, ordinary: 25 } as const

/** One type or carrier in so many is held out. */
const heldOutShare = { type: 5, carrier: 8 } as const

const seed = 'holdfast secrets 1'

/** Whether a row belongs to the part that no rule of the detector may be written against: by its type or carrier. */
export function isHeldOut({ type, carrier }: Pick<Row, 'type' | 'carrier'>): boolean {
  return isNameHeldOut('type', type) || isNameHeldOut('carrier', carrier)
}

/** Whether a type, or a carrier, is held out: a hash of its name says so. */
export function isNameHeldOut(field: 'type' | 'carrier', name: string): boolean {
  return isPutAside(`${field} ${name}`, heldOutShare[field])
}

/**
 * The generated set: every type of credential in the carriers it is spread over, what only looks like one in the same,
 * and ordinary configuration. The same rows on every machine; no value is stored anywhere.
 */
export function generateRows(): readonly Row[] {
  return [
    ...[...passwordTypes, ...secretTypes, ...addressTypes, ...tokenTypes].flatMap((type) =>
      settingRows(type, 'secret'),
    ),
    ...blockTypes.flatMap((type) => blockRows(type, 'secret')),
    ...keystoreRows((name) => new Random(`${seed} ${name}`), documentsPerCell.secret),
    ...innocentSettings.flatMap((type) => settingRows(type, 'clean')),
    ...innocentFiles.flatMap((type) => blockRows(type, 'clean')),
    ...settingCarriers.flatMap(ordinaryRows),
  ]
}

function settingRows({ type, spread, make }: SettingType, label: 'secret' | 'clean'): readonly Row[] {
  return chosen(settingCarriers, type, spread).flatMap(({ carrier, write }) =>
    cell({ label, type, carrier }, documentsPerCell[label], (random) =>
      write(among(make(random), ordinarySettings(random, random.integer(5, 16)), random), random),
    ),
  )
}

function blockRows({ type, spread, make }: BlockType, label: 'secret' | 'clean'): readonly Row[] {
  return chosen(blockCarriers, type, spread).flatMap(({ carrier, write }) =>
    cell({ label, type, carrier }, documentsPerCell[label], (random) => write(make(random), random)),
  )
}

function ordinaryRows({ carrier, write }: SettingCarrier): readonly Row[] {
  return cell({ label: 'clean', type: 'ordinary', carrier }, documentsPerCell.ordinary, (random) =>
    write(ordinarySettings(random, random.integer(4, 40)), random),
  )
}

/** The carriers that a type is spread over. Which they are depends on the type's name only. */
function chosen<Carrier extends { readonly carrier: string }>(
  carriers: readonly Carrier[],
  type: string,
  spread: Spread,
): readonly Carrier[] {
  return spread === 'all' ? carriers : new Random(`${seed} ${type}`).several(carriers, spread)
}

function cell(
  { label, type, carrier }: Pick<Row, 'label' | 'type' | 'carrier'>,
  documents: number,
  write: (random: Random) => Content,
): readonly Row[] {
  const origin = type === 'ordinary' ? 'ordinary' : label === 'clean' ? 'look-alike' : 'credential'
  return Array.from({ length: documents }, (_, index) => {
    const id = `${type}/${carrier}/${index + 1}`
    const random = new Random(`${seed} ${id}`)
    const name = fill('{word}-{word}-config', random)
    const configmap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, ...write(random) }
    return { id, label, type, origin, carrier, configmap }
  })
}
