namespace Platform.Monitor.State;

/// <summary>Is told what the ledger holds whenever a change is stored.</summary>
internal interface ILedgerObserver
{
    void Stored(Ledger ledger);
}
