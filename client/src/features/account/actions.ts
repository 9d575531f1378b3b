'use server';

import { textOf, type FormState } from '@/shared/form/form-state';
import { safeNext } from '@/shared/next-path';
import { handleForm } from '@/shared/server/handle-form';
import { readChange, readCredentials, type Change } from './credentials';

/** Signs a visitor in, and sends them where they were going. */
export const signIn = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, ['email'], async (api) => {
    await api.signIn(readCredentials(form, 'signin'));
    return safeNext(textOf(form, 'next'));
  });

/** Creates a visitor's account, and sends them where they were going. */
export const signUp = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, ['email'], async (api) => {
    await api.signUp(readCredentials(form, 'signup'));
    return safeNext(textOf(form, 'next'));
  });

export const signOut = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, [], async (api) => {
    await api.signOut();
    return '/';
  });

export const signOutEverywhere = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, [], async (api) => {
    await api.signOutEverywhere();
    return '/';
  });

const changeAccount = async (change: Change, form: FormData): Promise<FormState> =>
  handleForm(form, ['email'], async (api) => {
    await api.updateAccount(readChange(form, change));
    return `/account?changed=${change}`;
  });

export const changeEmail = async (_state: FormState, form: FormData): Promise<FormState> =>
  changeAccount('email', form);

export const changePassword = async (_state: FormState, form: FormData): Promise<FormState> =>
  changeAccount('password', form);
