namespace Platform.Hosting.Scrubbing;

/// <summary>Files at rest, of which reading tells whether they are still what was written.</summary>
internal interface IScrubbed
{
    /// <summary>Reads all of them, and sets aside and tells what is damaged as whoever reads them does. Returns how many are.</summary>
    /// <param name="pace">To be waited for with each piece that was read.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    Task<int> ScrubAsync(ScrubPace pace, CancellationToken cancellationToken);
}
