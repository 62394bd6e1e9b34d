namespace Platform.Explainer.Pictures;

/// <summary>An input that is an image: which of its dimensions are height, width and channels.</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Channels">Numbers of a pixel.</param>
/// <param name="ChannelsLast">Whether these lie side by side.</param>
internal sealed record Grid(int Height, int Width, int Channels, bool ChannelsLast)
{
    private const int LeastSide = 2;
    private const int MostChannels = 4;

    /// <summary>Height × width, with one to four channels before or after; null where the shape is another.</summary>
    public static Grid? Of(IReadOnlyList<long>? shape) => shape switch
    {
        [var height, var width] when Fits(height, width) => new Grid((int)height, (int)width, 1, false),
        [>= 1 and <= MostChannels and var channels, var height, var width] when Fits(height, width) => new Grid((int)height, (int)width, (int)channels, false),
        [var height, var width, >= 1 and <= MostChannels and var channels] when Fits(height, width) => new Grid((int)height, (int)width, (int)channels, true),
        _ => null,
    };

    /// <summary>The positions of a pixel's numbers among the features.</summary>
    public IEnumerable<int> Cells(int row, int column) => Enumerable.Range(0, Channels).Select(channel => ChannelsLast
        ? (((row * Width) + column) * Channels) + channel
        : (((channel * Height) + row) * Width) + column);

    private static bool Fits(long height, long width) => height >= LeastSide && width >= LeastSide;
}
