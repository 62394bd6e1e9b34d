namespace Platform.Monitor.Detectors;

/// <summary>The detectors that watch every version's errors, by name.</summary>
internal static class DetectorCatalogue
{
    public static readonly string[] Ids = [PageHinkley.Name, Ddm.Name, Adwin.Name, HddmA.Name];

    /// <summary>One of each, at the beginning of a stream.</summary>
    public static IReadOnlyList<IErrorDetector> CreateAll() => [new PageHinkley(), new Ddm(), new Adwin(), new HddmA()];
}
