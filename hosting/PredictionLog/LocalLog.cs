using Platform.Hosting.PredictionLog.Files;

namespace Platform.Hosting.PredictionLog;

/// <summary>The local prediction log of a data folder, before anybody has opened it.</summary>
public static class LocalLog
{
    /// <summary>Whether it has files of records.</summary>
    public static bool HoldsRecords(StorageOptions storage) => LogSegments.AnyIn(FolderOf(storage));

    internal static string FolderOf(StorageOptions storage) => storage.PathOf("prediction-log");
}
