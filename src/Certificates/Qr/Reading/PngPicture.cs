using System.Buffers.Binary;

namespace Ecert.Certificates.Qr.Reading;

/// <summary>
/// PNG (W3C Recommendation, ISO/IEC 15948), read strictly: every chunk's check sum, their order, nothing after the end.
/// Interlaced pictures and colour keys are refused by name; animation and text chunks are passed over.
/// </summary>
internal static class PngPicture
{
    internal const int LongestSide = 4096;
    internal const int LongestFile = 32 * 1024 * 1024;

    // Deflate cannot do better than 1032 to 1: a file that promises more than its data holds is refused unread.
    private const int DeflateLimit = 1032;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    internal static PngOutcome Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > LongestFile)
            return new PngOutcome.Refused("size");
        if (!file.StartsWith(Signature))
            return new PngOutcome.Refused("signature");
        var parts = new Parts();
        var rest = file[Signature.Length..];
        while (!parts.IsEnded)
        {
            if (!TryTakeChunk(ref rest, out var type, out var data))
                return new PngOutcome.Refused("chunk");
            if (parts.Add(type, data) is { } refusal)
                return new PngOutcome.Refused(refusal);
        }
        if (!rest.IsEmpty)
            return new PngOutcome.Refused("trailing");
        var header = parts.Header!;
        if (header.InflatedLength > (long)parts.Compressed.Length * DeflateLimit)
            return new PngOutcome.Refused("data");
        return PngRows.Read(header, parts.Palette, parts.Compressed) is { } pixels
            ? new PngOutcome.Picture(new GrayPicture(header.Width, header.Height, pixels))
            : new PngOutcome.Refused("data");
    }

    private static bool TryTakeChunk(
        ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> data)
    {
        type = data = default;
        if (rest.Length < 12)
            return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - 12)
            return false;
        var checkedPart = rest.Slice(4, 4 + (int)length);
        if (Crc32.Of(checkedPart) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]))
            return false;
        type = checkedPart[..4];
        data = checkedPart[4..];
        rest = rest[(12 + (int)length)..];
        return true;
    }

    /// <summary>The chunks seen so far.</summary>
    private sealed class Parts
    {
        private bool _dataIsOver;

        internal PngHeader? Header { get; private set; }

        /// <summary>Brightness of each palette entry.</summary>
        internal byte[] Palette { get; private set; } = [];

        internal MemoryStream Compressed { get; } = new();

        internal bool IsEnded { get; private set; }

        /// <summary>Null, or what of the chunk does not stand.</summary>
        internal string? Add(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
        {
            if (type.SequenceEqual("IHDR"u8) != Header is null)
                return "order";
            if (type.SequenceEqual("IDAT"u8))
                return AddData(data);
            _dataIsOver = Compressed.Length > 0;
            if (type.SequenceEqual("IHDR"u8))
                return PngHeader.TryRead(data, out var header) is { } refusal ? refusal : Keep(header);
            if (type.SequenceEqual("PLTE"u8))
                return AddPalette(data);
            if (type.SequenceEqual("tRNS"u8))
                return Header!.HasPalette ? AddTransparency(data) : "transparency";
            if (type.SequenceEqual("IEND"u8))
                return End(data);
            var isAncillary = (type[0] & 0x20) != 0;
            return isAncillary ? null : "chunk";
        }

        private string? Keep(PngHeader? header)
        {
            Header = header;
            return null;
        }

        private string? AddData(ReadOnlySpan<byte> data)
        {
            if (_dataIsOver || (Header!.HasPalette && Palette.Length == 0))
                return "order";
            Compressed.Write(data);
            return null;
        }

        private string? AddPalette(ReadOnlySpan<byte> data)
        {
            if (_dataIsOver || Palette.Length > 0)
                return "order";
            if (data.IsEmpty || data.Length % 3 != 0 || data.Length > 256 * 3)
                return "palette";
            Palette = new byte[data.Length / 3];
            for (var entry = 0; entry < Palette.Length; entry++)
                Palette[entry] = PngRows.Brightness(data[3 * entry], data[3 * entry + 1], data[3 * entry + 2]);
            return null;
        }

        private string? AddTransparency(ReadOnlySpan<byte> data)
        {
            if (_dataIsOver || data.Length > Palette.Length)
                return "transparency";
            for (var entry = 0; entry < data.Length; entry++)
                Palette[entry] = PngRows.OnWhite(Palette[entry], data[entry]);
            return null;
        }

        private string? End(ReadOnlySpan<byte> data)
        {
            IsEnded = true;
            Compressed.Position = 0;
            return data.IsEmpty && Compressed.Length > 0 ? null : "order";
        }
    }
}
