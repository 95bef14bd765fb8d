import { z } from '@/api/zod';
import { stored, thisDevice } from '../storage';

const place = z.object({ id: z.string(), name: z.string() });
const station = z.object({ store: place, till: place });

/** The store and till that this device is used at. */
export type Station = z.infer<typeof station>;

/** Remembered for each tenant apart, since one device may visit several. */
export const stationOf = (tenant: string) => stored(thisDevice, `webwaka.station.${tenant}`, station);
