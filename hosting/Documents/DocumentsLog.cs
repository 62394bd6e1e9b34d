namespace Platform.Hosting.Documents;

internal static partial class DocumentsLog
{
    [LoggerMessage(LogLevel.Warning, "Storage:Documents is now called Storage:Provider; the old name will not be read by the next release")]
    public static partial void FormerSetting(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Documents of '{Folder}' could not be saved to their files; they stay in the journal and are tried again")]
    public static partial void CheckpointFailed(ILogger logger, Exception exception, string folder);

    [LoggerMessage(LogLevel.Warning, "A commit in '{Folder}' had not finished when the process ended; nobody was told of it and it has been dropped")]
    public static partial void UnfinishedCommitDropped(ILogger logger, string folder);

    [LoggerMessage(LogLevel.Error, "{File} in '{Folder}' is damaged: {What}. Kept in its folder 'damaged': {SetAside}. All else is read")]
    public static partial void Damaged(ILogger logger, string file, string folder, string what, string setAside);

    [LoggerMessage(LogLevel.Warning, "{Count} damaged things were found in '{Folder}' before; remove '{Damaged}' when they are mended")]
    public static partial void DamagedBefore(ILogger logger, int count, string folder, string damaged);

    [LoggerMessage(LogLevel.Error, "The damaged {File} in '{Folder}' could not be set aside")]
    public static partial void NotSetAside(ILogger logger, Exception exception, string file, string folder);
}
