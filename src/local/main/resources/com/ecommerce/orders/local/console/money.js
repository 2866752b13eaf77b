// Money in the API is an integer in the currency's minor unit. People read and write decimal numbers.

function decimals(currency) {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  } catch {
    return 2;
  }
}

/** Returns minor units as people write them: 6181 is "61.81". */
export function decimal(amount, currency) {
  const places = decimals(currency);
  const digits = String(Math.abs(amount)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return (amount < 0 ? '-' : '') + whole + (places ? `.${digits.slice(-places)}` : '');
}

/** Returns minor units with the currency: 6181 is "61.81 USD". */
export function money(amount, currency) {
  return `${decimal(amount, currency)} ${currency}`;
}

/** Returns the minor units of a decimal number, or the text itself, so that the API says what is wrong with it. */
export function minorUnits(text, currency) {
  const places = decimals(currency);
  const parts = /^(\d+)(?:\.(\d*))?$/.exec(text.trim());
  const fraction = parts?.[2] ?? '';
  return parts && fraction.length <= places ? Number(parts[1] + fraction.padEnd(places, '0')) : text;
}
