#!/usr/bin/env node
// Before anything else is loaded, so that all of it comes compiled from the cache the next time.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
