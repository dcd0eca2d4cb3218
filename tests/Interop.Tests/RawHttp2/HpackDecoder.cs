using System.Text;

namespace Ecert.Interop.Tests.RawHttp2;

/// <summary>Decodes header blocks as RFC 7541 describes them: static table, dynamic table, literals, Huffman.</summary>
internal sealed class HpackDecoder
{
    private const int EntryOverhead = 32;

    /// <summary>RFC 7541, appendix A. Entry 1 is the first.</summary>
    private static readonly (string Name, string Value)[] StaticTable = [.. """
        :authority
        :method GET
        :method POST
        :path /
        :path /index.html
        :scheme http
        :scheme https
        :status 200
        :status 204
        :status 206
        :status 304
        :status 400
        :status 404
        :status 500
        accept-charset
        accept-encoding gzip, deflate
        accept-language
        accept-ranges
        accept
        access-control-allow-origin
        age
        allow
        authorization
        cache-control
        content-disposition
        content-encoding
        content-language
        content-length
        content-location
        content-range
        content-type
        cookie
        date
        etag
        expect
        expires
        from
        host
        if-match
        if-modified-since
        if-none-match
        if-range
        if-unmodified-since
        last-modified
        link
        location
        max-forwards
        proxy-authenticate
        proxy-authorization
        range
        referer
        refresh
        retry-after
        server
        set-cookie
        strict-transport-security
        transfer-encoding
        user-agent
        vary
        via
        www-authenticate
        """.Split('\n').Select(line => line.Split(' ', 2)).Select(part => (part[0], part.ElementAtOrDefault(1) ?? ""))];

    private readonly List<(string Name, string Value)> _dynamicTable = [];
    private int _sizeLimit = 4096;

    public HeaderList Decode(ReadOnlySpan<byte> block)
    {
        var headers = new HeaderList();
        while (!block.IsEmpty)
        {
            var first = block[0];
            if (first >= 0x80)
                headers.Add(Entry(ReadInteger(ref block, 7)));
            else if (first >= 0x40)
                headers.Add(Remember(ReadLiteral(ref block, 6)));
            else if (first >= 0x20)
                Resize(ReadInteger(ref block, 5));
            else
                headers.Add(ReadLiteral(ref block, 4));
        }

        return headers;
    }

    private (string Name, string Value) ReadLiteral(ref ReadOnlySpan<byte> block, int prefixBits)
    {
        var index = ReadInteger(ref block, prefixBits);
        var name = index == 0 ? ReadString(ref block) : Entry(index).Name;
        return (name, ReadString(ref block));
    }

    private (string Name, string Value) Entry(int index)
    {
        if (index >= 1 && index <= StaticTable.Length)
            return StaticTable[index - 1];
        var position = index - StaticTable.Length - 1;
        return position >= 0 && position < _dynamicTable.Count
            ? _dynamicTable[position]
            : throw new InvalidDataException($"Header index {index} is in neither table.");
    }

    private (string Name, string Value) Remember((string Name, string Value) entry)
    {
        _dynamicTable.Insert(0, entry);
        Evict();
        return entry;
    }

    private void Resize(int size)
    {
        _sizeLimit = size;
        Evict();
    }

    private void Evict()
    {
        while (_dynamicTable.Sum(e => e.Name.Length + e.Value.Length + EntryOverhead) > _sizeLimit)
            _dynamicTable.RemoveAt(_dynamicTable.Count - 1);
    }

    private static int ReadInteger(ref ReadOnlySpan<byte> block, int prefixBits)
    {
        var mask = (1 << prefixBits) - 1;
        var value = block[0] & mask;
        block = block[1..];
        if (value < mask)
            return value;
        for (var shift = 0; ; shift += 7)
        {
            var next = block[0];
            block = block[1..];
            value = checked(value + ((next & 0x7f) << shift));
            if (next < 0x80)
                return value;
        }
    }

    private static string ReadString(ref ReadOnlySpan<byte> block)
    {
        var isHuffman = block[0] >= 0x80;
        var length = ReadInteger(ref block, 7);
        var content = block[..length];
        block = block[length..];
        return isHuffman ? HpackHuffman.Decode(content) : Encoding.Latin1.GetString(content);
    }
}
