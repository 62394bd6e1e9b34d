namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>A column of a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Cell">The cell of a row, as the log has it.</param>
internal sealed record RecordColumn(string Name, TableType Type, Func<int, object?> Cell);
