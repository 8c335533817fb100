/** Every page by the Nu HTML checker, and by the promises that it does not know. */
import { test } from 'node:test'
import { checkByNu, checkMarkup } from './checks/markup.mjs'
import { none } from './faults.mjs'
import { site } from './site.mjs'

const { folder } = site()

test('the Nu checker has no error and no warning', () => none(checkByNu(folder)))

test('nothing is inline, pictures have sizes, every page has its language and one h1', () => none(checkMarkup(folder)))
