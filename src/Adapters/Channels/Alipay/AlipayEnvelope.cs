using System.Text;
using System.Text.Json;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>
/// An answer taken apart without changing a byte: the signature is over the node's own characters. The node stands
/// first, as Alipay writes it; a second member of any name is an injection.
/// </summary>
/// <param name="NodeName">The first member's name: <c>alipay_trade_query_response</c> or <c>error_response</c>.</param>
/// <param name="Node">The first member's value as it stands on the wire.</param>
/// <param name="Sign">The signature, when there is one.</param>
/// <param name="CertificateSerial">The certificate it was made with, in certificate mode.</param>
internal sealed record AlipayEnvelope(string NodeName, byte[] Node, string? Sign, string? CertificateSerial)
{
    private const string SignName = "sign";
    private const string SerialName = "alipay_cert_sn";

    /// <summary>The envelope, or null when the text is not one.</summary>
    public static AlipayEnvelope? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadMembers(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not UTF-8, such as the GBK error pages of the gateway.
            return null;
        }
    }

    private static AlipayEnvelope? ReadMembers(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var names = new HashSet<string>();
        (string? node, byte[] raw, string? sign, string? serial) = (null, [], null, null);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!names.Add(name) || (node is null && name is SignName or SerialName))
                return null;
            reader.Read();
            if (name is SignName or SerialName)
            {
                (sign, serial) = name == SignName ? (reader.GetString(), serial) : (sign, reader.GetString());
                continue;
            }
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            (node, raw) = node is null ? (name, json[start..(int)reader.BytesConsumed].ToArray()) : (node, raw);
        }
        var isWhole = reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        return isWhole && node is not null ? new AlipayEnvelope(node, raw, sign, serial) : null;
    }

    /// <summary>
    /// True when the signature is over the node. Some gateways sign before they escape slashes, so the text with
    /// <c>\/</c> written as <c>/</c> counts too.
    /// </summary>
    public bool IsSignedBy(AlipayVerificationKey key)
    {
        if (key.Verify(Node, Sign))
            return true;
        var text = Encoding.UTF8.GetString(Node);
        return text.Contains("\\/", StringComparison.Ordinal)
            && key.Verify(Encoding.UTF8.GetBytes(text.Replace("\\/", "/", StringComparison.Ordinal)), Sign);
    }
}
