namespace Platform.Monitor.Features;

/// <summary>What an unnamed column of texts seems to hold.</summary>
internal enum TextUse
{
    Text,
    Category,
}
