namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>A column of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
public sealed record TableColumn(string Name, TableType Type);
