import { expect, test } from 'vitest'
import { xmlElement } from './xml.ts'

test.each([
  [{ name: 'a' }, '<a/>'],
  [{ name: 'a', attributes: { b: 1, c: undefined, d: '' } }, '<a b="1" d=""/>'],
  [{ name: 'a', children: ['<b/>', '<c/>'] }, '<a>\n<b/>\n<c/>\n</a>'],
  [{ name: 'a', attributes: { b: 'x' }, text: ['1', ' 2'] }, '<a b="x">1\n 2</a>'],
  [
    { name: 'a', attributes: { b: `"'<&>` }, text: [`"']]>&amp;`] },
    `<a b="&quot;'&lt;&amp;&gt;">&quot;']]&gt;&amp;amp;</a>`,
  ],
  [{ name: 'a', attributes: { b: 'x\n\ty' } }, '<a b="x\\u000a\\u0009y"/>'],
  [
    { name: 'a', text: ['\u0000\u001b\u007f\ud800\ufffe\uffff\u2028\u202e'] },
    '<a>\\u0000\\u001b\\u007f\\ud800\\ufffe\\uffff\\u2028\\u202e</a>',
  ],
  [{ name: 'a', text: ['größe 🐘'] }, '<a>größe 🐘</a>'],
])('%j', (element, xml) => expect(xmlElement(element)).toBe(xml))
