namespace Platform.Hosting.PredictionLog.Files;

/// <summary>
/// When the oldest record was appended that is not on the disk yet. Its age is what a power cut would cost in this moment.
/// Each method but <see cref="Age"/> is called by one thread at a time.
/// </summary>
internal sealed class RecordsAtRisk(TimeProvider time)
{
    private const long None = 0;

    // Of those that no commit takes along yet, and of those that one is bringing to the disk.
    private long _waiting;
    private long _underWay;

    /// <summary>Age of the oldest record that is not on the disk; zero when all are.</summary>
    public TimeSpan Age => AgeOf(Volatile.Read(ref _underWay) is not None and var underWay ? underWay : Volatile.Read(ref _waiting));

    /// <summary>A record is appended.</summary>
    public void Appended()
    {
        if (_waiting == None) Volatile.Write(ref _waiting, time.GetTimestamp());
    }

    /// <summary>A commit begins, of all that has been appended.</summary>
    public void Committing()
    {
        if (_underWay == None) Volatile.Write(ref _underWay, _waiting); // else the last one failed, and they are older
        Volatile.Write(ref _waiting, None);
    }

    /// <summary>What the commit took along is on the disk. Returns the age of the oldest, zero when there was none.</summary>
    public TimeSpan Committed()
    {
        var age = AgeOf(_underWay);
        Volatile.Write(ref _underWay, None);
        return age;
    }

    private TimeSpan AgeOf(long appended) => appended == None ? TimeSpan.Zero : time.GetElapsedTime(appended);
}
