namespace Platform.Monitor.Detectors;

/// <summary>
/// Watches a stream of outcomes, right or wrong, one after the other, and says when wrong ones have become more frequent. What it remembers is
/// bounded, however long the stream.
/// </summary>
internal interface IErrorDetector
{
    /// <summary>Its name in answers and rules.</summary>
    string Id { get; }

    /// <summary>Takes the next outcome; true where errors have become more frequent, and then what was before no longer counts.</summary>
    bool Add(bool wrong);

    /// <summary>All that it remembers, for <see cref="Restore"/>.</summary>
    double[] Save();

    /// <summary>Goes on where another one was when it was saved.</summary>
    void Restore(IReadOnlyList<double> saved);
}
