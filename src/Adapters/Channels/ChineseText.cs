using System.Text;

namespace Ecert.Adapters.Channels;

/// <summary>
/// The charset of older Chinese interfaces: GBK read as its superset GB 18030, refusing what is neither.
/// </summary>
internal static class ChineseText
{
    public static Encoding Gbk { get; } = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
}
