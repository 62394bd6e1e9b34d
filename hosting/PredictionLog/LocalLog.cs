namespace Platform.Hosting.PredictionLog;

/// <summary>The local prediction log of a data folder, before anybody has opened it.</summary>
internal static class LocalLog
{
    /// <summary>Where it lies.</summary>
    public static string FolderOf(StorageOptions storage) => storage.PathOf("prediction-log");
}
