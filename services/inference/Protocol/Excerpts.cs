using System.Text;

namespace Platform.Inference.Protocol;

/// <summary>The beginning of a caller's name or text, fit for a message.</summary>
internal static class Excerpts
{
    public const int MaxBytes = 80;

    public static string Of(ReadOnlySpan<byte> text)
    {
        var excerpt = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxBytes)]);
        return text.Length > MaxBytes ? excerpt + "…" : excerpt;
    }
}
