//! Several phones sync at once, one message at a time in an order of the seed's, while people go on working on
//! them; some die where they stand.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use serde_json::{Value, json};

use super::life::Life;
use super::work;
use crate::phone::Phone;

type Course = Pin<Box<dyn Future<Output = (Phone, Value)>>>;

struct Going {
    name: String,
    course: Course,
    beside: Option<Phone>,
}

/// Lets these phones sync, each to its end.
pub async fn together(life: &mut Life<'_>, names: &[String]) -> Result<(), String> {
    let line = json!({"do": "sync.now"});
    let mut going = Vec::new();
    for name in names {
        let Some(mut phone) = life.handy(name).phone.take() else { continue };
        life.net.in_turn(name, true);
        life.net.count(|f| f.syncs += 1);
        let (beside, said) = (phone.beside(), line.clone());
        let course = Box::pin(async move {
            let answer = phone.unheard(said).await;
            (phone, answer)
        });
        going.push(Going { name: name.clone(), course, beside });
    }
    while !going.is_empty() {
        let which = usize::try_from(life.chance.below(going.len() as u64)).unwrap_or(0);
        let name = going[which].name.clone();
        if life.chance.chance(8)
            && let Some(hand) = &mut going[which].beside
        {
            let said = work::quick(life, &name);
            let answer = hand.call(said.clone()).await;
            life.heard(&name, &said, &answer);
        }
        life.net.go(&name);
        let course = &mut going[which].course;
        let ended = poll_fn(|cx| match course.as_mut().poll(cx) {
            Poll::Ready(ended) => Poll::Ready(Some(ended)),
            Poll::Pending if life.net.waits(&name) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
        .await;
        match ended {
            Some((phone, answer)) => {
                let gone = going.swap_remove(which);
                ended_with(life, &name, (phone, gone), &answer)?;
            }
            None if life.net.dies(&name) => {
                let gone = going.swap_remove(which);
                let torn = life.chance.chance(70);
                life.kill(&name, gone, torn)?;
            }
            None => {}
        }
    }
    Ok(())
}

/// A sync came to its end; now and then the phone dies before anybody hears so.
fn ended_with(life: &mut Life<'_>, name: &str, (phone, gone): (Phone, Going), answer: &Value) -> Result<(), String> {
    if life.net.is_rough() && life.chance.chance(4) {
        return life.kill(name, (phone, gone), true);
    }
    drop(gone);
    life.net.in_turn(name, false);
    life.handy(name).phone = Some(phone);
    life.heard(name, &json!({"do": "sync.now"}), answer);
    for word in ["sent", "stored", "held", "quarantined", "received", "reissued", "ended"] {
        life.net.line_of_trace(&format!("  {word} {}", answer[word]));
    }
    if answer["ended"] == json!("stuck") {
        life.net.problem(format!("{name}: its sync ended stuck: {answer}"));
    }
    Ok(())
}
