using FASTER.core;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>A commit of the prediction log, as its file tells it.</summary>
/// <param name="Info">FasterLog's own account: from where to where, and its cookie.</param>
/// <param name="IsOfTwo">Whether it was written by a build that keeps two commits; those before kept one.</param>
/// <param name="PageBytes">Size of a page of the log.</param>
/// <param name="SegmentBytes">Size of a file of the log.</param>
internal sealed record LogCommit(FasterLogRecoveryInfo Info, bool IsOfTwo, long PageBytes, long SegmentBytes)
{
    /// <summary>The first address of a log: FasterLog leaves a place for those that mean something else.</summary>
    public const long FirstAddress = 64;

    /// <summary>That of a log that has no record yet.</summary>
    public static LogCommit OfNothing(PredictionLogOptions options) => new(
        new FasterLogRecoveryInfo { BeginAddress = FirstAddress, UntilAddress = FirstAddress, Cookie = new LogCheckpoint(FirstAddress, 0).Write() },
        true, options.PageBytes, options.SegmentBytes);

    /// <summary>Address of the oldest record that is kept.</summary>
    public long BeginAddress => Info.BeginAddress;

    /// <summary>Address at which the committed records end.</summary>
    public long UntilAddress => Info.UntilAddress;

    /// <summary>The same under the next number.</summary>
    public LogCommit Next()
    {
        var info = Info;
        info.CommitNum++;
        return this with { Info = info };
    }

    /// <summary>Up to where records had been counted when it was written.</summary>
    public LogCheckpoint Checkpoint => LogCheckpoint.Read(Info.Cookie, Info.BeginAddress);
}
