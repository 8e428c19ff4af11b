// @ts-check
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';

export default defineConfig(
  { ignores: ['dist/', 'server/', 'node_modules/'] },
  {
    files: ['src/**/*.ts'],
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['media/*.js'],
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error', eqeqeq: 'error' },
    languageOptions: {
      sourceType: 'script',
      globals: {
        acquireVsCodeApi: 'readonly',
        document: 'readonly',
        window: 'readonly',
        DOMParser: 'readonly',
        SVGElement: 'readonly',
        HTMLElement: 'readonly',
      },
    },
  },
);
