namespace Platform.Hosting.Documents;

/// <summary>
/// The server that keeps the documents is away. A read was not answered; of a commit it may be unknown whether it took place.
/// </summary>
public sealed class DocumentsUnavailableException(Exception cause) : IOException("The documents cannot be reached now.", cause);
