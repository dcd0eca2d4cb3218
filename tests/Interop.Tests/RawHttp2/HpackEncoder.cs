using System.Text;

namespace Ecert.Interop.Tests.RawHttp2;

/// <summary>Writes every field as a literal without indexing and without Huffman (RFC 7541 §6.2.2): nothing is checked,
/// so that a test can send what no proper client would.</summary>
internal static class HpackEncoder
{
    public static byte[] Encode(HeaderList headers)
    {
        var block = new MemoryStream();
        foreach (var (name, value) in headers)
        {
            block.WriteByte(0);
            WriteString(block, name);
            WriteString(block, value);
        }

        return block.ToArray();
    }

    private static void WriteString(MemoryStream block, string text)
    {
        const int PrefixLimit = 0x7f;
        var bytes = Encoding.Latin1.GetBytes(text);
        if (bytes.Length < PrefixLimit)
        {
            block.WriteByte((byte)bytes.Length);
        }
        else
        {
            block.WriteByte(PrefixLimit);
            var rest = bytes.Length - PrefixLimit;
            for (; rest >= 0x80; rest >>= 7)
                block.WriteByte((byte)(rest | 0x80));
            block.WriteByte((byte)rest);
        }

        block.Write(bytes);
    }
}
