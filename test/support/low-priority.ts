import { constants, setPriority } from 'node:os';

/** This file's tests build and lint beside brokers that are measured; their children inherit it. */
setPriority(constants.priority.PRIORITY_LOW);
