namespace Platform.Inference.RowFiles;

/// <summary>A file cannot be read as its format says; the message is a sentence for its owner.</summary>
internal sealed class RowFileException(string message, Exception? inner = null) : Exception(message, inner);
