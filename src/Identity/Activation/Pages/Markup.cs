using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Ecert.Identity.Activation.Pages;

/// <summary>HTML that is safe to send: whatever was put into it as text is encoded.</summary>
internal readonly record struct Markup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private Markup(string html) => Html = html;

    /// <summary>The HTML.</summary>
    public string Html { get; }

    /// <summary>Nothing.</summary>
    public static Markup Empty { get; } = new("");

    /// <summary>Text between HTML: each hole is encoded unless it is markup itself.</summary>
    public static Markup Of(Builder html) => new(html.ToString());

    /// <summary>One after another.</summary>
    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.Html)));

    /// <summary>The HTML.</summary>
    public override string ToString() => Html;

    /// <summary>Builds markup from an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Builder(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _html = new(literalLength + formattedCount * 16);

        public void AppendLiteral(string html) => _html.Append(html);

        public void AppendFormatted(string? text) => _html.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted(Markup markup) => _html.Append(markup.Html);

        public override string ToString() => _html.ToString();
    }
}
