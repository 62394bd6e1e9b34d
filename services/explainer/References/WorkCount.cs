namespace Platform.Explainer.References;

/// <summary>How far a computation is, for those who wait for it. Written by one thread, read by any.</summary>
internal sealed class WorkCount
{
    private long _done;
    private long _planned;

    /// <summary>Rows that the model has answered.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>The most that it will be asked; 0 before that is known.</summary>
    public long Planned => Interlocked.Read(ref _planned);

    public void Add(long rows) => Interlocked.Add(ref _done, rows);

    public void Plan(long rows) => Interlocked.Exchange(ref _planned, rows);
}
