using System.Globalization;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>Positions in a log of files: a logical address in decimal; the beginning is 0.</summary>
internal static class LogAddress
{
    public static LogPosition PositionOf(long address) => new(address.ToString(CultureInfo.InvariantCulture));

    public static long Of(LogPosition position) =>
        long.TryParse(position.Token, NumberStyles.None, CultureInfo.InvariantCulture, out var address) ? address : 0;
}
