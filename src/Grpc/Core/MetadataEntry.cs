using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its text or bytes.</summary>
    public class Entry
    {
        private static readonly SearchValues<char> KeyCharacters =
            SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <summary>A binary entry.</summary>
        /// <param name="key">The key; must end in <c>-bin</c>.</param>
        /// <param name="valueBytes">The bytes; copied.</param>
        /// <exception cref="ArgumentException">The key has no <c>-bin</c> or characters a key cannot have.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = NormalizeKey(key);
            if (!HasBinarySuffix(Key))
                throw new ArgumentException("The key of a binary value must end in -bin.", nameof(key));
            _bytes = (byte[])valueBytes.Clone();
        }

        /// <summary>A text entry.</summary>
        /// <param name="key">The key; must not end in <c>-bin</c>.</param>
        /// <param name="value">The text; only printable ASCII travels.</param>
        /// <exception cref="ArgumentException">
        /// The key ends in <c>-bin</c> or has characters a key cannot have.
        /// </exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = NormalizeKey(key);
            if (HasBinarySuffix(Key))
                throw new ArgumentException("The key of a text must not end in -bin.", nameof(key));
            _text = value;
        }

        private Entry(string key, string? text, byte[]? bytes)
        {
            Key = key;
            _text = text;
            _bytes = bytes;
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>The bytes: a copy of a binary value, or the text in ASCII.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_text!) : (byte[])_bytes.Clone();

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value =>
            _text ?? throw new InvalidOperationException("A binary metadata entry has no text value.");

        /// <summary>Whether the key ends in <c>-bin</c>.</summary>
        public bool IsBinary => _bytes is not null;

        /// <inheritdoc />
        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToHexString(_bytes!)}]"
            : $"[Entry: key={Key}, value={_text}]";

        internal ReadOnlySpan<byte> BinarySpan => _bytes;

        /// <summary>An entry as it came over the wire: the peer's choice of characters is not ours to judge.</summary>
        internal static Entry FromWire(string lowerCaseKey, string value) => new(lowerCaseKey, value, null);

        internal static Entry FromWire(string lowerCaseKey, byte[] bytes) => new(lowerCaseKey, null, bytes);

        internal static bool HasBinarySuffix(string key) =>
            key.EndsWith(BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase);

        private static string NormalizeKey(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            var lower = key.ToLowerInvariant();
            if (lower.Length == 0 || lower.AsSpan().ContainsAnyExcept(KeyCharacters))
            {
                throw new ArgumentException(
                    "A metadata key has only letters, digits, and the characters '.', '_' and '-'.", nameof(key));
            }
            return lower;
        }
    }
}
