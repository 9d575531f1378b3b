import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import { router } from '@/test/navigation';
import { AccountForm } from '../account-form';
import { CredentialsForm } from '../credentials-form';
import { SignOutEverywhere } from '../sign-out-everywhere';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);
jest.mock('@/shared/api/browser', () => ({
  api: { signIn: jest.fn(), signUp: jest.fn(), updateAccount: jest.fn(), signOutEverywhere: jest.fn() },
}));
const server = jest.mocked(api);
const type = (label: string | RegExp, text: string) => userEvent.type(screen.getByLabelText(label), text);
const click = (name: string) => userEvent.click(screen.getByRole('button', { name }));

const posted = jest.fn();

beforeEach(() => jest.resetAllMocks());

describe('when a visitor signs in or up', () => {
  test('then they continue to their destination, rendered for them', async () => {
    render(<CredentialsForm purpose="signin" next="/orders/1" action={posted} />);
    await type('Email', 'ana@example.com ');
    await type('Password', 'secret');
    await click('Sign in');
    expect(server.signIn).toHaveBeenCalledWith({ email: 'ana@example.com', password: 'secret' });
    expect(router.replace).toHaveBeenCalledWith('/orders/1');
    expect(router.refresh).toHaveBeenCalled();
  });

  test('then a wrong password says so, and keeps what was typed', async () => {
    server.signIn.mockRejectedValue(new ApiError(400, [{ message: 'Invalid credentials' }]));
    render(<CredentialsForm purpose="signin" next="/" action={posted} />);
    await type('Email', 'ana@example.com');
    await type('Password', 'wrong');
    await click('Sign in');
    expect(screen.getByRole('alert')).toHaveTextContent('Invalid credentials');
    expect(screen.getByLabelText('Email')).toHaveValue('ana@example.com');
    expect(router.replace).not.toHaveBeenCalled();
  });

  test('then a new password has to be long enough, an old one only typed', async () => {
    render(<CredentialsForm purpose="signup" next="/" action={posted} />);
    await type('Email', 'ana@example.com');
    await type('Password', '123');
    await click('Create account');
    expect(server.signUp).not.toHaveBeenCalled();
    expect(screen.getByLabelText('Password')).toBeInvalid();
  });
});

describe('when a user changes their account', () => {
  test('then the email goes with the current password, and the change is confirmed', async () => {
    render(<AccountForm change="email" email="old@example.com" action={posted} />);
    await type('New email', 'new@example.com');
    await type('Current password', 'secret');
    await click('Save new email');
    expect(server.updateAccount).toHaveBeenCalledWith({
      email: 'new@example.com',
      currentPassword: 'secret',
    });
    expect(screen.getByRole('status')).toHaveTextContent('Your email has been changed.');
    expect(screen.getByLabelText('Current password')).toHaveValue('');
  });

  test('then a wrong current password is reported at its field', async () => {
    const problem = { message: 'The current password is not right', field: 'currentPassword' };
    server.updateAccount.mockRejectedValue(new ApiError(400, [problem]));
    render(<AccountForm change="password" email="old@example.com" action={posted} />);
    await type('New password', 'longer than that');
    await type('Current password', 'wrong');
    await click('Save new password');
    expect(screen.getByLabelText('Current password')).toHaveAccessibleDescription(problem.message);
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
  });
});

describe('when a user ends all sessions', () => {
  test('then they are signed out here, too, and the page is rendered for a visitor', async () => {
    render(<SignOutEverywhere action={posted} />);
    await click('End all sessions');
    expect(server.signOutEverywhere).toHaveBeenCalledTimes(1);
    expect(router.push).toHaveBeenCalledWith('/');
    expect(router.refresh).toHaveBeenCalled();
  });
});
