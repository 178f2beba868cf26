use crate::panics::caught;

#[tokio::test]
async fn a_panic_costs_its_own_entry_only() {
    let judged = async |content: u8| {
        tokio::task::yield_now().await;
        assert_ne!(content, 13, "content that breaks an assumption");
        content
    };
    assert_eq!(caught(judged(12)).await, Some(12));
    assert_eq!(caught(judged(13)).await, None);
    assert_eq!(caught(judged(14)).await, Some(14));
}
