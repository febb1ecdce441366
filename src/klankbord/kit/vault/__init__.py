"""Seals, signatures and derivations: bytes in, bytes out, on libsodium through PyNaCl.

The vault knows neither Django nor the field. Integers are big-endian, ids are 16 bytes, days are
u32 since 1970-01-01. Whatever goes wrong is one `VaultError` without a message, so that no
failure tells a stranger which of his guesses was nearer.

Every sealed thing begins with an 8-byte magic whose last byte is the suite, now `\\x01`. Readers
switch on it, writers use the newest.

======== =================== ========== ==========================================================
magic    sealed thing        stands in  layout (what is sealed is between brackets)
======== =================== ========== ==========================================================
KBENTRY  entry of a file     AD only    nonce 24, [pad(signer 16, signature 64, body)], AD = H 98
KBWRAP0  key for a holder    the box    [magic, org, case, compartment, epoch u16, holder, key 32]
KBMARK0  bookmark            the box    [magic, org, case, holder, seq u32, head 32]
KBBLOB0  file                prefix     magic, header 24, 64 KiB chunks; AD = blob id, index u64
KBMASTR  member's master key prefix, AD magic, nonce 24, [master 32]; AD = magic, account 16
KBRECOV  the same, recovery  prefix, AD magic, nonce 24, [master 32]; AD = magic, account 16
KBPROFL  member's profile    prefix, AD magic, nonce 24, [pad(profile)]; AD = magic, account 16
KBRECPT  receipt record      prefix, AD magic, nonce 24, [pad(receipt)]; AD = magic, lookup 32
KBSESSN  session payload     prefix, AD magic, nonce 24, [pad(payload)]; AD = magic, row id 32
KBREGRW  register row        prefix, AD magic, nonce 24, [pad(row)]; AD = magic, the row's own ids
======== =================== ========== ==========================================================

A `0` at the end of a magic in this table is a zero byte. `pad` fills to classes of 1, 2, 4 to
64 KiB, and above that to whole multiples of 64 KiB; files are filled with zeros to Padmé sizes.
"""
